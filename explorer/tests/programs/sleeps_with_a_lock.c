// A thread waits for a condition while it holds a lock that has nothing to do
// with it, and another one needs that lock. With -DEARLY the signal has come
// before the wait, so that the lock is not to blame.
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t kitchen = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void *answer(void *nothing)
{
    pthread_mutex_lock(&kitchen);
    pthread_mutex_lock(&lock);
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    pthread_mutex_unlock(&kitchen);
    return nothing;
}

int main(void)
{
#ifdef EARLY
    answer(NULL);
#endif
    pthread_mutex_lock(&kitchen);
    pthread_t thread;
    if (pthread_create(&thread, NULL, answer, NULL) != 0) {
        return 1;
    }
    pthread_mutex_lock(&lock);
    pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
    pthread_mutex_unlock(&kitchen);
    pthread_join(thread, NULL);
    return 0;
}
