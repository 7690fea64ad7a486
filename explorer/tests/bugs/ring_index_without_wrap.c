// Broken: the writer's index is never taken back to the start of the ring.
#include <pthread.h>
#include <stdlib.h>

enum { SIZE = 4 };
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int *ring, last;  // guarded by lock

static void *produce(void *unused)
{
    for (int i = 0; i < 3; i++) {
        pthread_mutex_lock(&lock);
        ring[last] = i;
        last++;
        pthread_mutex_unlock(&lock);
    }
    return unused;
}

int main(void)
{
    ring = malloc(SIZE * sizeof *ring);
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, produce, NULL);
    pthread_create(&threads[1], NULL, produce, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    free(ring);
    return 0;
}
