// A kept promise is set by one thread while another one closes its pool.
// Allowed: it has the value, or CF_ESHUTDOWN. Either way its callback, and what
// goes on from it, were run once when closing is over.

#include <assert.h>
#include <cfutures.h>
#include <pthread.h>
#include <stdatomic.h>

static atomic_int calls;

static void count(cf_future *future, cf_value context)
{
    (void)future;
    (void)context;
    atomic_fetch_add(&calls, 1);
}

static cf_value go_on(cf_value context)
{
    atomic_fetch_add(&calls, 10);
    return context;
}

static void *set_it(void *promise)
{
    cf_set_result((cf_future *)promise, 7);
    return NULL;
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 1);
    cf_future *promise = cf_keep(cf_promise(pool));
    cf_on_done(promise, count, 0);
    cf_finally(promise, go_on);
    pthread_t thread;
    pthread_create(&thread, NULL, set_it, promise);
    cf_close(pool);
    assert(atomic_load(&calls) == 11);
    pthread_join(thread, NULL);
    const cf_error *error = cf_exception(promise);
    assert(error == NULL || error->code == CF_ESHUTDOWN);
    cf_release(promise);
    return 0;
}
