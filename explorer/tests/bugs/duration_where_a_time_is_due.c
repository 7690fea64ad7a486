// Broken: pthread_cond_timedwait wants a point in time, and gets two seconds.
#include <pthread.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t rings = PTHREAD_COND_INITIALIZER;
static int has_rung;  // guarded by lock

static void *ring(void *unused)
{
    pthread_mutex_lock(&lock);
    has_rung = 1;
    pthread_cond_signal(&rings);
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, ring, NULL);
    struct timespec until = {.tv_sec = 2};
    pthread_mutex_lock(&lock);
    int rc = 0;
    while (!has_rung && rc == 0) {
        rc = pthread_cond_timedwait(&rings, &lock, &until);
    }
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
    return 0;
}
