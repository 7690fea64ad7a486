// Broken: after its wake-up the consumer does not look again; another one may
// have taken the item first.
#include <assert.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t has_item = PTHREAD_COND_INITIALIZER;
static int items;  // guarded by lock

static void *consume(void *unused)
{
    pthread_mutex_lock(&lock);
    if (items == 0) {
        pthread_cond_wait(&has_item, &lock);
    }
    items--;
    assert(items >= 0);
    pthread_mutex_unlock(&lock);
    return unused;
}

static void add_item(void)
{
    pthread_mutex_lock(&lock);
    items++;
    pthread_cond_signal(&has_item);
    pthread_mutex_unlock(&lock);
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, consume, NULL);
    pthread_create(&threads[1], NULL, consume, NULL);
    add_item();
    add_item();
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
