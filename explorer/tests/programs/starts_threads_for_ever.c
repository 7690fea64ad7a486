// Starts threads that wait until no more can be started, and says so.
#include <pthread.h>
#include <semaphore.h>

static sem_t gate;

static void *wait_at_gate(void *unused)
{
    sem_wait(&gate);
    sem_post(&gate);
    return unused;
}

int main(void)
{
    sem_init(&gate, 0, 0);
    pthread_t threads[1000];
    int count = 0;
    while (count < 1000 &&
           pthread_create(&threads[count], NULL, wait_at_gate, NULL) == 0) {
        count++;
    }
    sem_post(&gate);
    for (int i = 0; i < count; i++) {
        pthread_join(threads[i], NULL);
    }
    return count == 1000;
}
