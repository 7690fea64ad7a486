// Broken: the mutex is destroyed while a worker may be inside.
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
    pthread_mutex_destroy(&lock);
    pthread_join(thread, NULL);
    return 0;
}
