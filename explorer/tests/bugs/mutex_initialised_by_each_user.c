// Broken: each thread initialises the mutex that both use, one while the other
// may hold it.
#include <pthread.h>

static pthread_mutex_t lock;
static int total;  // guarded by lock

static void *add(void *unused)
{
    pthread_mutex_init(&lock, NULL);
    pthread_mutex_lock(&lock);
    total++;
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, add, NULL);
    pthread_create(&threads[1], NULL, add, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    pthread_mutex_destroy(&lock);
    return 0;
}
