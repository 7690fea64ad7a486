// Two workers, two tasks that wait for each other: however they meet, one of
// them gets the error that names them, and the other one its result.

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
    return cf_result(other);
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    pthread_mutex_lock(&lock);
    tasks[0] = cf_submit(pool, wait_for_other, 1);
    tasks[1] = cf_submit(pool, wait_for_other, 0);
    pthread_mutex_unlock(&lock);
    assert(cf_exception(tasks[0])->code == CF_EDEADLOCK);
    assert(cf_exception(tasks[1])->code == CF_EDEADLOCK);
    cf_close(pool);
    return 0;
}
