// One worker: a task that waits with a time limit for another one of its pool
// gets the result, because a spare thread runs that one; or, if the clock says
// so, the error of a time that is over.

#include <assert.h>
#include <cfutures.h>

static cf_executor *pool;

static cf_value inner(cf_value x)
{
    return cf_int(cf_as_int(x) + 1);
}

static cf_value outer(cf_value x)
{
    return cf_result_within(cf_submit(pool, inner, x), 1000);
}

int main(void)
{
    pool = cf_thread_pool(.max_workers = 1);
    const cf_value result = cf_result(cf_submit(pool, outer, 1));
    assert(cf_failed(result) ? cf_as_error(result)->code == CF_ETIMEOUT
                             : cf_as_int(result) == 2);
    cf_close(pool);
    return 0;
}
