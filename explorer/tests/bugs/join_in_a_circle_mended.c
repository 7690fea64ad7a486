// Mended: main waits for both.
#include <pthread.h>
#include <semaphore.h>

static pthread_t threads[2];
static sem_t both_started;

static void *wait_for(void *arg)
{
    const pthread_t *other = arg;
    sem_wait(&both_started);
    (void)other;
    return NULL;
}

int main(void)
{
    sem_init(&both_started, 0, 0);
    pthread_create(&threads[0], NULL, wait_for, &threads[1]);
    pthread_create(&threads[1], NULL, wait_for, &threads[0]);
    sem_post(&both_started);
    sem_post(&both_started);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
