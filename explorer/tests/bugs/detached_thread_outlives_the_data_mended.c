// Mended: the detached thread owns its data, frees it, and says when it is
// done.
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

static sem_t done;

static void *log_it(void *arg)
{
    int *entry = arg;
    *entry += 1;
    free(entry);
    sem_post(&done);
    return NULL;
}

int main(void)
{
    sem_init(&done, 0, 0);
    int *entry = calloc(1, sizeof *entry);
    pthread_t thread;
    pthread_create(&thread, NULL, log_it, entry);
    pthread_detach(thread);
    sem_wait(&done);
    return 0;
}
