// Mended: reading is let go first, and the state is looked at again.
#include <pthread.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int is_filled;  // guarded by lock

static void *fill_if_empty(void *unused)
{
    pthread_rwlock_rdlock(&lock);
    int found = is_filled;
    pthread_rwlock_unlock(&lock);
    if (!found) {
        pthread_rwlock_wrlock(&lock);
        is_filled = 1;
        pthread_rwlock_unlock(&lock);
    }
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, fill_if_empty, NULL);
    pthread_create(&threads[1], NULL, fill_if_empty, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
