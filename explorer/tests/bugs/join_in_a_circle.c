// Broken: each of two threads waits for the other one to end.
#include <pthread.h>
#include <semaphore.h>

static pthread_t threads[2];
static sem_t both_started;

static void *wait_for(void *arg)
{
    const pthread_t *other = arg;
    sem_wait(&both_started);
    pthread_join(*other, NULL);
    return NULL;
}

int main(void)
{
    sem_init(&both_started, 0, 0);
    pthread_create(&threads[0], NULL, wait_for, &threads[1]);
    pthread_create(&threads[1], NULL, wait_for, &threads[0]);
    sem_post(&both_started);
    sem_post(&both_started);
    pthread_exit(NULL);
}
