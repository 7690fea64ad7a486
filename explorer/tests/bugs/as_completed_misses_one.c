// Broken: as_completed counts what is done, then lets go of the lock before it
// waits. A completion in between is missed.
#include <pthread.h>

enum { TASKS = 2 };
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t one_done = PTHREAD_COND_INITIALIZER;
static int done;  // guarded by lock

static void *task(void *unused)
{
    pthread_mutex_lock(&lock);
    done++;
    pthread_cond_signal(&one_done);
    pthread_mutex_unlock(&lock);
    return unused;
}

static void next_completed(int taken)
{
    pthread_mutex_lock(&lock);
    int there = done;
    pthread_mutex_unlock(&lock);
    if (there == taken) {
        pthread_mutex_lock(&lock);
        pthread_cond_wait(&one_done, &lock);
        pthread_mutex_unlock(&lock);
    }
}

int main(void)
{
    pthread_t threads[TASKS];
    for (int i = 0; i < TASKS; i++) {
        pthread_create(&threads[i], NULL, task, NULL);
    }
    for (int taken = 0; taken < TASKS; taken++) {
        next_completed(taken);
    }
    for (int i = 0; i < TASKS; i++) {
        pthread_join(threads[i], NULL);
    }
    return 0;
}
