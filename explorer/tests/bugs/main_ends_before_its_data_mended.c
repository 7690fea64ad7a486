// Mended: the variable is static and outlives main.
#include <assert.h>
#include <pthread.h>

static void *read_it(void *arg)
{
    const int *limit = arg;
    int seen = *limit;
    assert(seen == 8);
    return NULL;
}

int main(void)
{
    static int limit = 8;
    pthread_t thread;
    pthread_create(&thread, NULL, read_it, &limit);
    pthread_detach(thread);
    pthread_exit(NULL);
}
