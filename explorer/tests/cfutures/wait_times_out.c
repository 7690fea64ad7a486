// A wait with a limit ends while the task ends, or before. Allowed: one is done
// or none; in no case does anybody look at what the waiting thread left behind.

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
    const size_t done = cf_wait(futures, 2, CF_ALL_COMPLETED, 0.001);
    assert(done <= 2);
    for (size_t i = 0; i < done; i++) {
        assert(cf_done(futures[i]));
    }
    cf_close(pool);
    return 0;
}
