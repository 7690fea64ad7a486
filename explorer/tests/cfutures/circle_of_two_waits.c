// Two workers, two tasks of which each waits with cf_wait for the other: both
// waits end, however they meet, and a wait that ends with nothing done can say
// why.

#include <assert.h>
#include <cfutures.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static cf_future *tasks[2];  // guarded by the lock

static cf_value wait_for_other(cf_value which)
{
    pthread_mutex_lock(&lock);  // until both are known
    cf_future *other = tasks[cf_as_int(which)];
    pthread_mutex_unlock(&lock);
    const size_t done = cf_wait(&other, 1, CF_FIRST_COMPLETED, CF_FOREVER);
    return done == 1 ? cf_int(1) : cf_result(other);
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    pthread_mutex_lock(&lock);
    tasks[0] = cf_submit(pool, wait_for_other, 1);
    tasks[1] = cf_submit(pool, wait_for_other, 0);
    pthread_mutex_unlock(&lock);
    int deadlocks = 0;
    for (int i = 0; i < 2; i++) {
        const cf_error *error = cf_exception(tasks[i]);
        assert(error == NULL || error->code == CF_EDEADLOCK);
        deadlocks += error != NULL;
    }
    assert(deadlocks == 1);
    cf_close(pool);
    return 0;
}
