// Two tasks and a cancel want to end the same promise: one of the three does,
// and whoever waits gets what that one set.

#include <assert.h>
#include <cfutures.h>

static cf_value set(cf_value promise, cf_value number)
{
    return cf_int(cf_set_result(cf_as_ptr(promise), number));
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_future *promise = cf_promise(pool);
    cf_future *one = cf_submit_with(pool, set, cf_ptr(promise), 1);
    cf_future *two = cf_submit_with(pool, set, cf_ptr(promise), 2);
    const int cancelled = cf_cancel(promise);
    const cf_value result = cf_result(promise);
    const int64_t by_one = cf_as_int(cf_result(one));
    const int64_t by_two = cf_as_int(cf_result(two));
    assert(by_one + by_two + cancelled == 1);
    assert(cancelled == cf_failed(result));
    assert(cancelled || cf_as_int(result) == (by_one ? 1 : 2));
    cf_close(pool);
    return 0;
}
