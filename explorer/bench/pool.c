// A thread pool: sixteen workers take 64 tasks from a queue with a lock and a
// condition. What many threads cost: choosing among them, their clocks.

#include <assert.h>
#include <pthread.h>
#include <stdbool.h>

enum { WORKERS = 16, TASKS = 64 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int waiting, done;  // tasks
static bool is_closed;

static void *work(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&lock);
    for (;;) {
        while (waiting == 0 && !is_closed) {
            pthread_cond_wait(&changed, &lock);
        }
        if (waiting == 0) {
            break;
        }
        waiting--;
        done++;
    }
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void submit(void)
{
    pthread_mutex_lock(&lock);
    waiting++;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
}

int main(void)
{
    pthread_t worker[WORKERS];
    for (int i = 0; i < WORKERS; i++) {
        pthread_create(&worker[i], NULL, work, NULL);
    }
    for (int i = 0; i < TASKS; i++) {
        submit();
    }
    pthread_mutex_lock(&lock);
    is_closed = true;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < WORKERS; i++) {
        pthread_join(worker[i], NULL);
    }
    assert(done == TASKS);
}
