// Broken: a barrier of one's own counts up and back to zero. A fast thread
// enters the next round before a slow one has seen the end of this one.
#include <pthread.h>

enum { THREADS = 2 };
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t all_here = PTHREAD_COND_INITIALIZER;
static int arrived, rounds;  // guarded by lock

static void meet(void)
{
    pthread_mutex_lock(&lock);
    int mine = rounds;
    if (++arrived == THREADS) {
        arrived = 0;
        rounds++;
        pthread_cond_broadcast(&all_here);
    }
    while (arrived != 0 && mine <= rounds) {
        pthread_cond_wait(&all_here, &lock);
    }
    pthread_mutex_unlock(&lock);
}

static void *walk(void *unused)
{
    meet();
    meet();
    return unused;
}

int main(void)
{
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        pthread_create(&threads[i], NULL, walk, NULL);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    return 0;
}
