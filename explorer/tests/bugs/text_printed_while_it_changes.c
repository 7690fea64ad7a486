// Broken: the status is written under the lock, but printed without. printf
// reads it while it changes.
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char status[32] = "waiting";  // guarded by lock

static void *work(void *unused)
{
    pthread_mutex_lock(&lock);
    snprintf(status, sizeof status, "%d of %d done", 1, 2);
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    printf("%5d: %-20.*s!\n", 1, (int)sizeof status, status);
    return pthread_join(thread, NULL);
}
