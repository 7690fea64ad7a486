#include <pthread.h>
#include <stddef.h>

void deed(void);

static int *volatile nowhere;

static void *crash(void *unused)
{
    *nowhere = 1;
    return unused;
}

void deed(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, crash, NULL);
    pthread_join(thread, NULL);
}
