// Two workers, three tasks: a callback is registered for the second one while
// it waits, runs or ends. However that meets, it is called once, on a future
// that is done, and closing the pool waits for it.

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

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_submit(pool, same, 1);
    cf_future *second = cf_submit(pool, same, 2);
    cf_submit(pool, same, 3);
    cf_on_done(second, count, 7);
    cf_close(pool);
    assert(atomic_load(&calls) == 1);
    return 0;
}
