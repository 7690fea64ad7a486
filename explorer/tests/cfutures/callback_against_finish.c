// A callback is registered while its task waits, runs, ends or is cancelled.
// Whatever comes first: it is called exactly once, on a future that is done,
// and closing the pool waits for it.

#include <assert.h>
#include <cfutures.h>
#include <stdatomic.h>

static atomic_int calls;

static cf_value same(cf_value x)
{
    return x;
}

static void count(cf_future *future, cf_value context)
{
    assert(cf_done(future));
    assert(cf_as_int(context) == 7);
    atomic_fetch_add(&calls, 1);
}

static cf_value cancel(cf_value future)
{
    return cf_int(cf_cancel(cf_as_ptr(future)));
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_future *future = cf_submit(pool, same, 1);
    cf_submit(pool, cancel, cf_ptr(future));
    cf_on_done(future, count, 7);
    cf_close(pool);
    assert(atomic_load(&calls) == 1);
    return 0;
}
