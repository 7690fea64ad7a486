// Broken: main locks, another thread unlocks: a mutex is used as a signal.
#include <pthread.h>
#include <semaphore.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void *open_gate(void *unused)
{
    pthread_mutex_unlock(&gate);
    return unused;
}

int main(void)
{
    pthread_mutex_lock(&gate);
    pthread_t thread;
    pthread_create(&thread, NULL, open_gate, NULL);
    pthread_mutex_lock(&gate);
    pthread_join(thread, NULL);
    pthread_mutex_unlock(&gate);
    return 0;
}
