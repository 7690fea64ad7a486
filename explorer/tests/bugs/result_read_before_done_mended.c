// Mended: the look comes first, and both happen under the lock.
#include <pthread.h>
#include <stdbool.h>

struct future {
    pthread_mutex_t lock;  // lock guards:
    pthread_cond_t done;
    bool is_done;
    int result;
};
static struct future future = {.lock = PTHREAD_MUTEX_INITIALIZER,
                               .done = PTHREAD_COND_INITIALIZER};

static void *work(void *unused)
{
    pthread_mutex_lock(&future.lock);
    future.result = 5;
    future.is_done = true;
    pthread_cond_broadcast(&future.done);
    pthread_mutex_unlock(&future.lock);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    pthread_mutex_lock(&future.lock);
    while (!future.is_done) {
        pthread_cond_wait(&future.done, &future.lock);
    }
    int result = future.result;
    pthread_mutex_unlock(&future.lock);
    pthread_join(thread, NULL);
    return result == 5 ? 0 : 1;
}
