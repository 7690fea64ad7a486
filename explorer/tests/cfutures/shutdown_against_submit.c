// One thread submits while another one shuts down: the task either runs or is
// refused, and never gets lost.

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

static void *shut_down(void *pool)
{
    cf_shutdown(pool, CF_NO_WAIT);
    return NULL;
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 1);
    pthread_t thread;
    pthread_create(&thread, NULL, shut_down, pool);
    cf_future *future = cf_submit(pool, count, 1);
    const cf_error *error = cf_exception(future);
    assert(error == NULL || error->code == CF_ESHUTDOWN);
    assert(atomic_load(&runs) == (error == NULL));
    pthread_join(thread, NULL);
    cf_close(pool);
    return 0;
}
