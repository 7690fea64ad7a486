// Broken: main sleeps a second and takes it for granted that the worker, which
// needs a tenth of that, is done. On a busy machine it is not.
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
    sleep(1);
    pthread_mutex_lock(&lock);
    int ready = meals;
    pthread_mutex_unlock(&lock);
    assert(ready == 1);
    pthread_join(thread, NULL);
    return 0;
}
