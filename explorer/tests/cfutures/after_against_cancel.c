// Two tasks that start later; one is cancelled when its time may have come. It
// ran, or it was cancelled, and the other one runs.

#include <assert.h>
#include <cfutures.h>
#include <stdatomic.h>

static atomic_int runs;

static cf_value count(cf_value x)
{
    atomic_fetch_add(&runs, 1);
    return x;
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 1);
    cf_future *first = cf_after(pool, 1, count, 1);
    cf_future *second = cf_after(pool, 2, count, 2);
    const int cancelled = cf_cancel(first);
    assert(cf_as_int(cf_result(second)) == 2);
    assert(cf_cancelled(first) == (bool)cancelled);
    cf_close(pool);
    assert(atomic_load(&runs) == 2 - cancelled);
    return 0;
}
