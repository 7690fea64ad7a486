// Broken: the path for an empty plate returns without unlocking.
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int slices = 1;  // guarded by lock

static int take_slice(void)
{
    pthread_mutex_lock(&lock);
    if (slices == 0) {
        return -1;
    }
    slices--;
    pthread_mutex_unlock(&lock);
    return 0;
}

static void *eat(void *unused)
{
    take_slice();
    take_slice();
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, eat, NULL);
    pthread_create(&threads[1], NULL, eat, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
