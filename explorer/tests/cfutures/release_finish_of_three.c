// Two workers, three tasks, each given back before, while or after it runs.
// Each runs once, and nothing is used that is gone, or left behind.

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
    for (int i = 0; i < 3; i++) {
        cf_release(cf_submit(pool, count, i));
    }
    cf_close(pool);
    assert(atomic_load(&runs) == 3);
    return 0;
}
