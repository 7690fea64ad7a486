// A shutdown that cancels against two workers that take three tasks: each task
// either ran or was cancelled, and its future says which.

#include <assert.h>
#include <cfutures.h>
#include <stdatomic.h>

static atomic_int runs;

static cf_value count(cf_value x)
{
    atomic_fetch_add(&runs, 1);
    return x;
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_future *futures[3];
    for (int i = 0; i < 3; i++) {
        futures[i] = cf_submit(pool, count, i);
    }
    cf_shutdown(pool, CF_WAIT | CF_CANCEL_PENDING);
    int cancelled = 0;
    for (int i = 0; i < 3; i++) {
        assert(cf_done(futures[i]));
        const cf_error *error = cf_exception(futures[i]);
        assert(error == NULL || error->code == CF_ECANCELLED);
        assert(cf_cancelled(futures[i]) == (error != NULL));
        cancelled += error != NULL;
    }
    assert(atomic_load(&runs) == 3 - cancelled);
    cf_close(pool);
    return 0;
}
