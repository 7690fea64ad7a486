// Broken: main ends by pthread_exit while a thread still reads main's variable.
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
    int limit = 8;
    pthread_t thread;
    pthread_create(&thread, NULL, read_it, &limit);
    pthread_detach(thread);
    pthread_exit(NULL);
}
