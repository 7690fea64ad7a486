// Broken: each thread keeps a buffer under a key that has no destructor, and
// the buffer is lost when the thread ends.
#include <pthread.h>
#include <stdlib.h>

static pthread_key_t key;

static void *work(void *unused)
{
    int *buffer = malloc(4 * sizeof *buffer);
    buffer[0] = 1;
    pthread_setspecific(key, buffer);
    return unused;
}

int main(void)
{
    pthread_key_create(&key, NULL);
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    pthread_join(thread, NULL);
    pthread_key_delete(key);
    return 0;
}
