// One worker: a task that waits for one that starts later gets its result, from
// a spare, or since it runs that one in place.

#include <assert.h>
#include <cfutures.h>

static cf_executor *pool;

static cf_value inner(cf_value x)
{
    return cf_int(cf_as_int(x) + 1);
}

static cf_value outer(cf_value x)
{
    return cf_result(cf_after(pool, 1, inner, x));
}

int main(void)
{
    pool = cf_thread_pool(.max_workers = 1);
    assert(cf_as_int(cf_result(cf_submit(pool, outer, 1))) == 2);
    cf_close(pool);
    return 0;
}
