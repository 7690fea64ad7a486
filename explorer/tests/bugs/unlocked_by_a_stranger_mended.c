// Mended: a semaphore is made for that.
#include <pthread.h>
#include <semaphore.h>

static sem_t gate;

static void *open_gate(void *unused)
{
    sem_post(&gate);
    return unused;
}

int main(void)
{
    sem_init(&gate, 0, 0);
    pthread_t thread;
    pthread_create(&thread, NULL, open_gate, NULL);
    sem_wait(&gate);
    pthread_join(thread, NULL);
    return 0;
}
