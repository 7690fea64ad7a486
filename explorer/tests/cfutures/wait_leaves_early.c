// A loop is left after the first of two futures, which ends the watching of the
// other one while its task waits, runs or ends.

#include <assert.h>
#include <cfutures.h>

static cf_value same(cf_value x)
{
    return x;
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 1);
    cf_future *futures[] = {cf_submit(pool, same, 1), cf_submit(pool, same, 2)};
    int64_t sum = 0;
    cf_for_completed (future, futures, 2) {
        sum += cf_as_int(cf_result(future));
        break;
    }
    assert(sum == 1);
    cf_close(pool);
    return 0;
}
