// Two workers, three tasks: main waits for the first of them, then for all.
// Allowed: one, two or three are done after the first wait, and stand in front;
// all after the second.

#include <assert.h>
#include <cfutures.h>

static cf_value same(cf_value x)
{
    return x;
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_future *futures[3];
    for (int i = 0; i < 3; i++) {
        futures[i] = cf_submit(pool, same, i);
    }
    const size_t done = cf_wait(futures, 3, CF_FIRST_COMPLETED, CF_FOREVER);
    assert(done >= 1 && done <= 3);
    for (size_t i = 0; i < done; i++) {
        assert(cf_done(futures[i]));
    }
    assert(cf_wait(futures, 3, CF_ALL_COMPLETED, CF_FOREVER) == 3);
    cf_close(pool);
    return 0;
}
