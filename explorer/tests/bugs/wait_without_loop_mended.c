// Mended: the wait stands in a loop.
#include <assert.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t arrives = PTHREAD_COND_INITIALIZER;
static int letter;  // guarded by lock

static void *send(void *unused)
{
    pthread_mutex_lock(&lock);
    letter = 1;
    pthread_cond_signal(&arrives);
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, send, NULL);
    pthread_mutex_lock(&lock);
    while (letter == 0) {
        pthread_cond_wait(&arrives, &lock);
    }
    int received = letter;
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
    assert(received == 1);
    return 0;
}
