// Mended: whoever takes the task out of the slot owns it, and frees it.
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static int *_Atomic slot;

static void *worker(void *unused)
{
    free(atomic_exchange(&slot, NULL));
    return unused;
}

static void cancel(void)
{
    free(atomic_exchange(&slot, NULL));
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
