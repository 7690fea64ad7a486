// A task that starts later, while its pool is closed: closing waits for it.

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
    cf_after(pool, 1, count, 1);
    cf_submit(pool, count, 2);
    cf_close(pool);
    assert(atomic_load(&runs) == 2);
    return 0;
}
