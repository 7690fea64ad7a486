// A continuation is tied to a task that waits, runs or has ended. Whatever comes
// first: it runs once, with the result, and closing the pool waits for it.

#include <assert.h>
#include <cfutures.h>
#include <stdatomic.h>

static atomic_int runs;

static cf_value plus_one(cf_value x)
{
    atomic_fetch_add(&runs, 1);
    return cf_int(cf_as_int(x) + 1);
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_future *last = cf_keep(cf_then(cf_submit(pool, plus_one, 1), plus_one));
    cf_close(pool);
    assert(cf_as_int(cf_result(last)) == 3);
    assert(atomic_load(&runs) == 2);
    cf_release(last);
    return 0;
}
