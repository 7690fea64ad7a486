// Mended: what isn't taken is freed.
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int *slot;  // guarded by lock

static void *produce(void *unused)
{
    int *item = malloc(sizeof *item);
    *item = 1;
    pthread_mutex_lock(&lock);
    if (slot == NULL) {
        slot = item;
        item = NULL;
    }
    pthread_mutex_unlock(&lock);
    free(item);
    return unused;
}

static int *take(void)
{
    pthread_mutex_lock(&lock);
    int *item = slot;
    slot = NULL;
    pthread_mutex_unlock(&lock);
    return item;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, produce, NULL);
    pthread_create(&threads[1], NULL, produce, NULL);
    free(take());
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    free(take());
    return 0;
}
