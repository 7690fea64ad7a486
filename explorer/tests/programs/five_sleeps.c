// Five tasks of one second on WORKERS workers. In virtual time they take
// exactly 5 / WORKERS seconds, whatever the interleaving.
#include "explorer.h"

#include <pthread.h>
#include <unistd.h>

enum { TASKS = 5 };
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int started;  // guarded by lock

static int take_task(void)
{
    pthread_mutex_lock(&lock);
    int task = started < TASKS ? started++ : -1;
    pthread_mutex_unlock(&lock);
    return task;
}

static void *worker(void *unused)
{
    while (take_task() >= 0) {
        sleep(1);
    }
    return unused;
}

int main(void)
{
    pthread_t threads[WORKERS];
    for (int i = 0; i < WORKERS; i++) {
        pthread_create(&threads[i], NULL, worker, NULL);
    }
    for (int i = 0; i < WORKERS; i++) {
        pthread_join(threads[i], NULL);
    }
    xp_expect_elapsed(EXPECTED);
    return 0;
}
