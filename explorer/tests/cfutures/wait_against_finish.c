// Main waits for the first of two tasks, then for both, while two workers run
// them. Allowed: one or both are done after the first wait, never none; both
// after the second; and those that are done stand in front.

#include <assert.h>
#include <cfutures.h>

static cf_value same(cf_value x)
{
    return x;
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_future *futures[] = {cf_submit(pool, same, 1), cf_submit(pool, same, 2)};
    const size_t done = cf_wait(futures, 2, CF_FIRST_COMPLETED, CF_FOREVER);
    assert(done == 1 || done == 2);
    assert(cf_done(futures[0]));
    assert(cf_wait(futures, 2, CF_ALL_COMPLETED, CF_FOREVER) == 2);
    cf_close(pool);
    return 0;
}
