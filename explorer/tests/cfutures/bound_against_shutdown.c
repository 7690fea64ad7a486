// A submit that waits for room while another thread shuts the pool down: the
// task runs, or is refused.

#include <assert.h>
#include <cfutures.h>
#include <pthread.h>

static cf_value same(cf_value x)
{
    return x;
}

static void *shut_down(void *pool)
{
    cf_shutdown(pool, CF_NO_WAIT);
    return NULL;
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 1, .max_pending = 1);
    cf_value args[] = {cf_int(1), cf_int(2), cf_int(3)};
    cf_future *futures[3];
    pthread_t thread;
    pthread_create(&thread, NULL, shut_down, pool);
    cf_submit_many(pool, same, args, 3, futures);
    for (int i = 0; i < 3; i++) {
        const cf_error *error = cf_exception(futures[i]);
        assert(error == NULL || error->code == CF_ESHUTDOWN);
    }
    pthread_join(thread, NULL);
    cf_close(pool);
    return 0;
}
