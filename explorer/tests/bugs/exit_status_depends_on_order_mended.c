// Mended: the first is joined before the second starts.
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

static atomic_intptr_t last;

static void *set(void *arg)
{
    atomic_store(&last, (intptr_t)arg);
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, set, (void *)1);
    pthread_join(threads[0], NULL);
    pthread_create(&threads[1], NULL, set, (void *)2);
    pthread_join(threads[1], NULL);
    return atomic_load(&last) == 2 ? 0 : 1;
}
