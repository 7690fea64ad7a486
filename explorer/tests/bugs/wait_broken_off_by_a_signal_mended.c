// Mended: a wait that was broken off is begun again.
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>

static sem_t is_ready;
static int result;

static void ignore(int number)
{
    (void)number;
}

static void *work(void *main_thread)
{
    pthread_kill(*(pthread_t *)main_thread, SIGUSR1);
    result = 42;
    sem_post(&is_ready);
    return NULL;
}

int main(void)
{
    struct sigaction action = {.sa_handler = ignore};
    sigaction(SIGUSR1, &action, NULL);
    sem_init(&is_ready, 0, 0);
    pthread_t self = pthread_self(), thread;
    pthread_create(&thread, NULL, work, &self);
    while (sem_wait(&is_ready) != 0 && errno == EINTR) {
    }
    int seen = result;
    pthread_join(thread, NULL);
    sem_destroy(&is_ready);
    return seen == 42 ? 0 : 1;
}
