// Broken: a semaphore that starts at 2 lets two threads in; it is no lock.
#include <pthread.h>
#include <semaphore.h>

static sem_t door;
static int inside;  // guarded by door

static void *enter(void *unused)
{
    sem_wait(&door);
    inside++;
    sem_post(&door);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    sem_init(&door, 0, 2);
    pthread_create(&threads[0], NULL, enter, NULL);
    pthread_create(&threads[1], NULL, enter, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    sem_destroy(&door);
    return 0;
}
