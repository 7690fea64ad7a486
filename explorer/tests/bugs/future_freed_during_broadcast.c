// Broken: whoever waits frees the future as soon as it is done, while the
// worker still has to unlock or broadcast in it.
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct future {
    pthread_mutex_t lock;  // lock guards:
    pthread_cond_t done;
    bool is_done;
};

static void *work(void *arg)
{
    struct future *future = arg;
    pthread_mutex_lock(&future->lock);
    future->is_done = true;
    pthread_mutex_unlock(&future->lock);
    pthread_cond_broadcast(&future->done);
    return NULL;
}

int main(void)
{
    struct future *future = malloc(sizeof *future);
    pthread_mutex_init(&future->lock, NULL);
    pthread_cond_init(&future->done, NULL);
    future->is_done = false;
    pthread_t thread;
    pthread_create(&thread, NULL, work, future);
    pthread_mutex_lock(&future->lock);
    while (!future->is_done) {
        pthread_cond_wait(&future->done, &future->lock);
    }
    pthread_mutex_unlock(&future->lock);
    pthread_cond_destroy(&future->done);
    pthread_mutex_destroy(&future->lock);
    free(future);
    pthread_join(thread, NULL);
    return 0;
}
