// Mended: the status is copied under the lock, and the copy is printed.
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
    char seen[sizeof status];
    pthread_mutex_lock(&lock);
    snprintf(seen, sizeof seen, "%s", status);
    pthread_mutex_unlock(&lock);
    printf("%5d: %-20.*s!\n", 1, (int)sizeof seen, seen);
    return pthread_join(thread, NULL);
}
