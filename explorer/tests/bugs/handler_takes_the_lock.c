// Broken: a signal handler takes the lock of the counter. When the signal comes
// while its thread holds the lock, the handler waits for its own thread.
#include <pthread.h>
#include <signal.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int counter;  // guarded by lock

static void add_ten(int number)
{
    (void)number;
    pthread_mutex_lock(&lock);
    counter += 10;
    pthread_mutex_unlock(&lock);
}

static void *nudge(void *main_thread)
{
    pthread_kill(*(pthread_t *)main_thread, SIGUSR1);
    return NULL;
}

int main(void)
{
    signal(SIGUSR1, add_ten);
    pthread_t self = pthread_self(), thread;
    pthread_create(&thread, NULL, nudge, &self);
    pthread_mutex_lock(&lock);
    counter++;
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
    return counter == 11 ? 0 : 1;
}
