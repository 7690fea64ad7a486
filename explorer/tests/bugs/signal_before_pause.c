// Broken: the flag is checked, then the thread pauses. A signal between the two
// has set the flag already, and nobody sends another.
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

static atomic_bool may_go;

static void go(int number)
{
    (void)number;
    atomic_store(&may_go, 1);
}

static void *nudge(void *main_thread)
{
    pthread_kill(*(pthread_t *)main_thread, SIGUSR1);
    return NULL;
}

int main(void)
{
    signal(SIGUSR1, go);
    pthread_t self = pthread_self(), thread;
    pthread_create(&thread, NULL, nudge, &self);
    while (!atomic_load(&may_go)) {
        pause();
    }
    return pthread_join(thread, NULL);
}
