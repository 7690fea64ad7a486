// Mended: main joins; the sleep is gone.
#include <assert.h>
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int meals;  // guarded by lock

static void *cook(void *unused)
{
    usleep(100000);
    pthread_mutex_lock(&lock);
    meals = 1;
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, cook, NULL);
    pthread_join(thread, NULL);
    pthread_mutex_lock(&lock);
    int ready = meals;
    pthread_mutex_unlock(&lock);
    assert(ready == 1);
    return 0;
}
