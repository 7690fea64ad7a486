// Locks the same lock twice.

#include <pthread.h>

void deed(void);

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void deed(void)
{
    pthread_mutex_lock(&lock);
    pthread_mutex_lock(&lock);
}
