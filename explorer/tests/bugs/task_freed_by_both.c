// Broken: a cancelled task is freed by the one who cancels and by the worker.
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static int *_Atomic slot;

static void *worker(void *unused)
{
    int *task = atomic_load(&slot);
    if (task != NULL) {
        free(task);
        atomic_store(&slot, NULL);
    }
    return unused;
}

static void cancel(void)
{
    int *task = atomic_load(&slot);
    if (task != NULL) {
        free(task);
        atomic_store(&slot, NULL);
    }
}

int main(void)
{
    atomic_store(&slot, malloc(sizeof(int)));
    pthread_t thread;
    pthread_create(&thread, NULL, worker, NULL);
    cancel();
    pthread_join(thread, NULL);
    return 0;
}
