// Broken: the condition is destroyed while somebody may still wait for it.
#include <pthread.h>
#include <stdbool.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool must_stop;  // guarded by lock

static void *wait_for_stop(void *unused)
{
    pthread_mutex_lock(&lock);
    while (!must_stop) {
        pthread_cond_wait(&changed, &lock);
    }
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, wait_for_stop, NULL);
    pthread_mutex_lock(&lock);
    must_stop = true;
    pthread_mutex_unlock(&lock);
    pthread_cond_destroy(&changed);
    pthread_join(thread, NULL);
    return 0;
}
