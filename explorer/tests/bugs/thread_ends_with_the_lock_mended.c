// Mended: it unlocks before it leaves.
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int budget = 1;  // guarded by lock

static void *spend(void *unused)
{
    pthread_mutex_lock(&lock);
    if (budget == 0) {
        pthread_mutex_unlock(&lock);
        pthread_exit(unused);
    }
    budget--;
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, spend, NULL);
    pthread_create(&threads[1], NULL, spend, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
