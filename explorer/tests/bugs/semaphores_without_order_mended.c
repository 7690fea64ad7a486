// Mended: everybody takes the pan first.
#include <pthread.h>
#include <semaphore.h>

static sem_t pan, stove;

static void *fry(void *unused)
{
    sem_wait(&pan);
    sem_wait(&stove);
    sem_post(&stove);
    sem_post(&pan);
    return unused;
}

static void *boil(void *unused)
{
    sem_wait(&pan);
    sem_wait(&stove);
    sem_post(&pan);
    sem_post(&stove);
    return unused;
}

int main(void)
{
    sem_init(&pan, 0, 1);
    sem_init(&stove, 0, 1);
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, fry, NULL);
    pthread_create(&threads[1], NULL, boil, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
