// Mended: the handler only counts the signals, with an atomic that needs no
// lock; who holds the lock adds them up.
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int counter;  // guarded by lock
static atomic_int nudges;

static void count(int number)
{
    (void)number;
    atomic_fetch_add(&nudges, 1);
}

static void *nudge(void *main_thread)
{
    pthread_kill(*(pthread_t *)main_thread, SIGUSR1);
    return NULL;
}

int main(void)
{
    signal(SIGUSR1, count);
    pthread_t self = pthread_self(), thread;
    pthread_create(&thread, NULL, nudge, &self);
    pthread_mutex_lock(&lock);
    counter++;
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
    counter += 10 * atomic_load(&nudges);
    return counter == 11 ? 0 : 1;
}
