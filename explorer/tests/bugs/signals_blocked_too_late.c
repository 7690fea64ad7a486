// Broken: main means to take SIGTERM with sigwait, but the worker was started
// before the signal was blocked: it lets SIGTERM in, and that ends the program.
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <unistd.h>

static sem_t may_end;

static void *work(void *unused)
{
    sem_wait(&may_end);
    return unused;
}

static void *stop(void *unused)
{
    kill(getpid(), SIGTERM);
    return unused;
}

int main(void)
{
    sem_init(&may_end, 0, 0);
    pthread_t worker, stopper;
    pthread_create(&worker, NULL, work, NULL);
    sigset_t stops;
    sigemptyset(&stops);
    sigaddset(&stops, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &stops, NULL);
    pthread_create(&stopper, NULL, stop, NULL);
    int number;
    sigwait(&stops, &number);
    sem_post(&may_end);
    pthread_join(worker, NULL);
    pthread_join(stopper, NULL);
    sem_destroy(&may_end);
    return number == SIGTERM ? 0 : 1;
}
