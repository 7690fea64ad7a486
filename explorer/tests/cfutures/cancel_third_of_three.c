// Two workers, three tasks, of which the third is cancelled while the workers
// take the others, run them and come back for it. Allowed:
//
//     cf_cancel   tasks that ran
//     true        the first two
//     false       all three

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
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_submit(pool, count, 1);
    cf_submit(pool, count, 2);
    cf_future *third = cf_submit(pool, count, 3);
    const bool was_cancelled = cf_cancel(third);
    cf_close(pool);
    assert(atomic_load(&runs) == (was_cancelled ? 2 : 3));
    return 0;
}
