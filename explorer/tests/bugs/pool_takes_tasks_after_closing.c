// Broken: submit does not look whether the pool was closed meanwhile. The task
// is queued after the last worker has left, and its result never comes.
#include <pthread.h>
#include <stdbool.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool is_closed, is_queued, is_done;  // guarded by lock

static void *worker(void *unused)
{
    pthread_mutex_lock(&lock);
    while (!is_closed && !is_queued) {
        pthread_cond_wait(&changed, &lock);
    }
    is_done = is_queued;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    return unused;
}

static void *submit_and_wait(void *unused)
{
    pthread_mutex_lock(&lock);
    is_queued = true;
    pthread_cond_broadcast(&changed);
    while (!is_done) {
        pthread_cond_wait(&changed, &lock);
    }
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, worker, NULL);
    pthread_create(&threads[1], NULL, submit_and_wait, NULL);
    pthread_mutex_lock(&lock);
    is_closed = true;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
