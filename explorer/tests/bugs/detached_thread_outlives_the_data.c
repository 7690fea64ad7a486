// Broken: nobody waits for a detached thread, and main frees what it works on.
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

static sem_t done;

static void *log_it(void *arg)
{
    int *entry = arg;
    *entry += 1;
    return NULL;
}

int main(void)
{
    sem_init(&done, 0, 0);
    int *entry = calloc(1, sizeof *entry);
    pthread_t thread;
    pthread_create(&thread, NULL, log_it, entry);
    pthread_detach(thread);
    free(entry);
    return 0;
}
