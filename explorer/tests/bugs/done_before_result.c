// Broken: the future is marked done before the result is in it, and readers
// look at the mark alone.
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
    atomic_store(&future.is_done, true);
    future.result = 5;
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
