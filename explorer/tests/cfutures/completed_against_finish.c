// A loop over two tasks while they end: each is given once, when it is done,
// and may be given back at once.

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
    int64_t sum = 0;
    cf_for_completed (future, futures, 2) {
        sum += cf_as_int(cf_result(future));
        cf_release(future);
    }
    assert(sum == 3);
    cf_close(pool);
    return 0;
}
