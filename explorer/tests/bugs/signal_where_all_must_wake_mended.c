// Mended: a broadcast wakes all.
#include <pthread.h>
#include <stdbool.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t start = PTHREAD_COND_INITIALIZER;
static bool has_started;  // guarded by lock

static void *run(void *unused)
{
    pthread_mutex_lock(&lock);
    while (!has_started) {
        pthread_cond_wait(&start, &lock);
    }
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, run, NULL);
    pthread_create(&threads[1], NULL, run, NULL);
    pthread_mutex_lock(&lock);
    has_started = true;
    pthread_cond_broadcast(&start);
    pthread_mutex_unlock(&lock);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
