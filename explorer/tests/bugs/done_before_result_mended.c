// Mended: the result is written first; the mark publishes it.
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

struct future {
    atomic_bool is_done;
    int result;  // written once, before is_done is set
};
static struct future future;

static void *work(void *unused)
{
    future.result = 5;
    atomic_store(&future.is_done, true);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    if (atomic_load(&future.is_done)) {
        printf("%d\n", future.result);
    }
    pthread_join(thread, NULL);
    return 0;
}
