// Mended: the signal is blocked until sigsuspend lets it in and waits, in one.
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

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
    sigset_t nudges, before;
    sigemptyset(&nudges);
    sigaddset(&nudges, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &nudges, &before);
    signal(SIGUSR1, go);
    pthread_t self = pthread_self(), thread;
    pthread_create(&thread, NULL, nudge, &self);
    while (!atomic_load(&may_go)) {
        sigsuspend(&before);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return pthread_join(thread, NULL);
}
