// Broken: closing the queue sets the flag, but wakes nobody who waits for it.
#include <pthread.h>
#include <stdbool.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int items;       // guarded by lock
static bool is_closed;  // guarded by lock

static void *drain(void *unused)
{
    pthread_mutex_lock(&lock);
    for (;;) {
        while (items == 0 && !is_closed) {
            pthread_cond_wait(&changed, &lock);
        }
        if (items == 0) {
            break;
        }
        items--;
    }
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, drain, NULL);
    pthread_mutex_lock(&lock);
    items = 2;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    pthread_mutex_lock(&lock);
    is_closed = true;
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
    return 0;
}
