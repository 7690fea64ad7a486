// Mended: it is made for those who come.
#include <pthread.h>

enum { COOKS = 2 };
static pthread_barrier_t start;

static void *cook(void *unused)
{
    pthread_barrier_wait(&start);
    return unused;
}

int main(void)
{
    pthread_barrier_init(&start, NULL, COOKS);
    pthread_t threads[COOKS];
    for (int i = 0; i < COOKS; i++) {
        pthread_create(&threads[i], NULL, cook, NULL);
    }
    for (int i = 0; i < COOKS; i++) {
        pthread_join(threads[i], NULL);
    }
    pthread_barrier_destroy(&start);
    return 0;
}
