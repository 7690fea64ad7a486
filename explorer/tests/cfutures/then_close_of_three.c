// Two workers, two tasks and one that is to go on from the second while another
// thread closes the pool. Allowed: it runs once, or fails with CF_ESHUTDOWN;
// never is it lost. (It belongs to a pool that may be closed by now: it is not
// looked at.)

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
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_submit(pool, count, 1);
    cf_future *kept = cf_keep(cf_submit(pool, count, 2));
    pthread_t closer;
    pthread_create(&closer, NULL, close_pool, pool);
    cf_then(kept, count);
    pthread_join(closer, NULL);
    assert(atomic_load(&runs) == 2 || atomic_load(&runs) == 3);
    cf_release(kept);
    return 0;
}
