// Main reads a local variable of a thread twice; in between, the thread ends.
// Main learns of that by no synchronisation, only by the time that passes.

#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>
#include <unistd.h>

static sem_t is_published;
static volatile int *published;

static void *publish(void *unused)
{
    (void)unused;
    volatile int local = 1;
    published = &local;
    sem_post(&is_published);
    sleep(1);
    return NULL;
}

int main(void)
{
    sem_init(&is_published, 0, 0);
    pthread_t thread;
    pthread_create(&thread, NULL, publish, NULL);
    sem_wait(&is_published);
    int sum = *published;
    sleep(2);
    sum += *published;
    pthread_join(thread, NULL);
    return sum - 2;
}
