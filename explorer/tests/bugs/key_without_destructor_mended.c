// Mended: the key's destructor frees it.
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
    pthread_key_create(&key, free);
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    pthread_join(thread, NULL);
    pthread_key_delete(key);
    return 0;
}
