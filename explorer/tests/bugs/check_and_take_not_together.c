// Broken: the lock is let go between looking and taking, so two buyers see
// the last ticket. Each access is guarded: no data race.
#include <assert.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int tickets = 1;  // guarded by lock

static void *buy(void *unused)
{
    pthread_mutex_lock(&lock);
    int left = tickets;
    pthread_mutex_unlock(&lock);
    if (left > 0) {
        pthread_mutex_lock(&lock);
        tickets--;
        pthread_mutex_unlock(&lock);
    }
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, buy, NULL);
    pthread_create(&threads[1], NULL, buy, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    pthread_mutex_lock(&lock);
    assert(tickets == 0);
    pthread_mutex_unlock(&lock);
    return 0;
}
