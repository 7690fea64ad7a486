// Two workers, three tasks that are submitted while a thread shuts the pool
// down. Allowed: those up to some moment run, those after it are refused with
// CF_ESHUTDOWN. None gets lost.

#include <assert.h>
#include <cfutures.h>
#include <pthread.h>
#include <stdatomic.h>

static atomic_int runs;

static cf_value count(cf_value x)
{
    atomic_fetch_add(&runs, 1);
    return x;
}

static void *shut_down(void *pool)
{
    cf_shutdown(pool, CF_NO_WAIT);
    return NULL;
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_future *futures[3];
    pthread_t thread;
    pthread_create(&thread, NULL, shut_down, pool);
    for (int i = 0; i < 3; i++) {
        futures[i] = cf_submit(pool, count, i);
    }
    pthread_join(thread, NULL);
    int taken = 0;
    for (int i = 0; i < 3; i++) {
        const cf_error *error = cf_exception(futures[i]);
        assert(error == NULL ? taken == i : error->code == CF_ESHUTDOWN);
        taken += error == NULL;
    }
    cf_close(pool);
    assert(atomic_load(&runs) == taken);
    return 0;
}
