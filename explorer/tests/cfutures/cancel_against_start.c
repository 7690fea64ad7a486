// A task is cancelled while two workers take what is queued. Allowed:
//
//     cf_cancel   the task ran   cf_result      state
//     true        never          CF_ECANCELLED  cancelled
//     false       once           its value      running or finished

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
    cf_future *future = cf_submit(pool, count, 7);
    const bool was_cancelled = cf_cancel(future);
    assert(cf_cancelled(future) == was_cancelled);
    if (was_cancelled) {
        assert(cf_exception(future)->code == CF_ECANCELLED);
    } else {
        assert(cf_as_int(cf_result(future)) == 7);
    }
    cf_close(pool);
    assert(atomic_load(&runs) == (was_cancelled ? 0 : 1));
    return 0;
}
