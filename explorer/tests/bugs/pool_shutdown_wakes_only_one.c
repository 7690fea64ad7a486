// Broken: shutting the pool down signals once; the other idle workers sleep on,
// and joining them never ends.
#include <pthread.h>
#include <stdbool.h>

enum { WORKERS = 2 };
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t has_work = PTHREAD_COND_INITIALIZER;
static int tasks;              // guarded by lock
static bool is_shutting_down;  // guarded by lock

static void *worker(void *unused)
{
    pthread_mutex_lock(&lock);
    for (;;) {
        while (tasks == 0 && !is_shutting_down) {
            pthread_cond_wait(&has_work, &lock);
        }
        if (tasks == 0) {
            break;
        }
        tasks--;
    }
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t threads[WORKERS];
    for (int i = 0; i < WORKERS; i++) {
        pthread_create(&threads[i], NULL, worker, NULL);
    }
    pthread_mutex_lock(&lock);
    tasks++;
    pthread_cond_signal(&has_work);
    pthread_mutex_unlock(&lock);
    pthread_mutex_lock(&lock);
    is_shutting_down = true;
    pthread_cond_signal(&has_work);
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < WORKERS; i++) {
        pthread_join(threads[i], NULL);
    }
    return 0;
}
