// Broken: whether trylock got the lock is not looked at.
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int visits;  // guarded by lock

static void *visit(void *unused)
{
    pthread_mutex_trylock(&lock);
    visits++;
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, visit, NULL);
    pthread_create(&threads[1], NULL, visit, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
