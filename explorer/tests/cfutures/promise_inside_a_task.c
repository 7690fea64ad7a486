// One worker: a task that waits for what goes on from a promise gets its result,
// from a spare, or since it is called and runs that in place. It then isn't
// counted as blocked.

#include <assert.h>
#include <cfutures.h>
#include <cfutures_testing.h>

static cf_future *promise;

static cf_value inner(cf_value x)
{
    return cf_int(cf_as_int(x) + 1);
}

static cf_value outer(cf_value unused)
{
    (void)unused;
    return cf_result(cf_then(promise, inner));
}

int main(void)
{
    struct cf_test_snapshot counts;
    cf_test_begin(NULL, NULL);
    cf_executor *pool = cf_thread_pool(.max_workers = 1);
    promise = cf_promise(pool);
    cf_future *future = cf_submit(pool, outer, cf_none());
    assert(cf_set_result(promise, 1));
    assert(cf_as_int(cf_result(future)) == 2);
    cf_test_snapshot(&counts);
    assert(counts.callers_blocked == 0);
    cf_close(pool);
    return 0;
}
