// Broken: whether the wait timed out is not looked at; after five seconds the
// result is surely there.
#include <assert.h>
#include <pthread.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t is_done = PTHREAD_COND_INITIALIZER;
static int result;  // guarded by lock

static void *compute(void *unused)
{
    nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    pthread_mutex_lock(&lock);
    result = 9;
    pthread_cond_signal(&is_done);
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, compute, NULL);
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 5;
    int rc = 0;
    pthread_mutex_lock(&lock);
    while (result == 0 && rc == 0) {
        rc = pthread_cond_timedwait(&is_done, &lock, &until);
    }
    assert(result == 9);
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
    return 0;
}
