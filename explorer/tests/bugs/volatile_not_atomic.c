// Broken: volatile keeps the compiler from caching, but orders nothing between
// threads and is not atomic.
#include <pthread.h>
#include <stdatomic.h>

static volatile int tickets;

static void *take(void *unused)
{
    tickets++;
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, take, NULL);
    pthread_create(&threads[1], NULL, take, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return tickets == 2 ? 0 : 1;
}
