// Waits for a signal that nobody will send.

#include <pthread.h>

void deed(void);

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t signal_came = PTHREAD_COND_INITIALIZER;

void deed(void)
{
    pthread_mutex_lock(&lock);
    pthread_cond_wait(&signal_came, &lock);
    pthread_mutex_unlock(&lock);
}
