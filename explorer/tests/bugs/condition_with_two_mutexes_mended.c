// Mended: one condition, one mutex.
#include <pthread.h>

static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t opens = PTHREAD_COND_INITIALIZER;
static int is_open;  // guarded by left

static void *wait_for(void *arg)
{
    pthread_mutex_t *lock = arg;
    pthread_mutex_lock(lock);
    while (is_open == 0) {
        pthread_cond_wait(&opens, lock);
    }
    pthread_mutex_unlock(lock);
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, wait_for, &left);
    pthread_create(&threads[1], NULL, wait_for, &left);
    pthread_mutex_lock(&left);
    is_open = 1;
    pthread_cond_broadcast(&opens);
    pthread_mutex_unlock(&left);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
