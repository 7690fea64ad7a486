// Two workers, three tasks: one, one that is cancelled, and the one that
// cancels it, while it waits, runs or ends. Allowed:
//
//     cf_cancel   the victim ran   its result
//     true        never            CF_ECANCELLED
//     false       once             its value

#include <assert.h>
#include <cfutures.h>
#include <stdatomic.h>

static atomic_int runs;

static cf_value count(cf_value x)
{
    atomic_fetch_add(&runs, 1);
    return x;
}

static cf_value cancel(cf_value future)
{
    return cf_int(cf_cancel(cf_as_ptr(future)));
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_submit(pool, count, 1);
    cf_future *victim = cf_submit(pool, count, 7);
    cf_future *canceller = cf_submit(pool, cancel, cf_ptr(victim));
    const cf_error *error = cf_exception(victim);
    const bool was_cancelled = cf_as_int(cf_result(canceller));
    assert(was_cancelled == (error != NULL && error->code == CF_ECANCELLED));
    cf_close(pool);
    assert(atomic_load(&runs) == (was_cancelled ? 1 : 2));
    return 0;
}
