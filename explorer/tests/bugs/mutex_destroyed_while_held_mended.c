// Mended: it is destroyed after the worker has ended.
#include <pthread.h>

static pthread_mutex_t lock;
static int sum;  // guarded by lock

static void *work(void *unused)
{
    pthread_mutex_lock(&lock);
    sum++;
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_mutex_init(&lock, NULL);
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    pthread_join(thread, NULL);
    pthread_mutex_destroy(&lock);
    return 0;
}
