// Two workers: a task waits for a promise that main sets, another one for that
// task. However the end of the first wait meets the beginning of the second,
// that is no circle.

#include <assert.h>
#include <cfutures.h>

static cf_value wait_for_it(cf_value future)
{
    return cf_result(cf_as_ptr(future));
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_future *promise = cf_promise(pool);
    cf_future *first = cf_submit(pool, wait_for_it, cf_ptr(promise));
    cf_future *second = cf_submit(pool, wait_for_it, cf_ptr(first));
    cf_set_result(promise, 7);
    assert(cf_as_int(cf_result(second)) == 7);
    cf_close(pool);
    return 0;
}
