// A future that was taken along is cancelled while another thread closes its
// pool, or has closed it. Allowed: cancelled and never run, or run once.

#include <assert.h>
#include <cfutures.h>
#include <pthread.h>
#include <stdatomic.h>

static atomic_int runs;

static cf_value count(cf_value x)
{
    atomic_fetch_add(&runs, 1);
    return x;
}

static void *close_pool(void *pool)
{
    cf_close(pool);
    return NULL;
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 1);
    cf_future *kept = cf_keep(cf_submit(pool, count, 7));
    pthread_t closer;
    pthread_create(&closer, NULL, close_pool, pool);
    const bool was_cancelled = cf_cancel(kept);
    pthread_join(closer, NULL);
    assert(cf_cancel(kept) == was_cancelled);
    assert(atomic_load(&runs) == (was_cancelled ? 0 : 1));
    cf_release(kept);
    return 0;
}
