// Broken: producers and consumers wait on one condition, and a signal may wake
// one of the wrong kind, who goes back to sleep.
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
#define has_room changed
#define has_item changed
static int items;  // guarded by lock; at most 1

static void *produce(void *unused)
{
    pthread_mutex_lock(&lock);
    while (items == 1) {
        pthread_cond_wait(&has_room, &lock);
    }
    items = 1;
    pthread_cond_signal(&has_item);
    pthread_mutex_unlock(&lock);
    return unused;
}

static void *consume(void *unused)
{
    pthread_mutex_lock(&lock);
    while (items == 0) {
        pthread_cond_wait(&has_item, &lock);
    }
    items = 0;
    pthread_cond_signal(&has_room);
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        pthread_create(&threads[i], NULL, i < 2 ? consume : produce, NULL);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
    }
    return 0;
}
