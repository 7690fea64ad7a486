// Mended: the number is set before the thread starts.
#include <pthread.h>
#include <stdatomic.h>

static atomic_int guests;

static void *share(void *unused)
{
    int each = 12 / atomic_load(&guests);
    return each > 0 ? unused : NULL;
}

int main(void)
{
    pthread_t thread;
    atomic_store(&guests, 4);
    pthread_create(&thread, NULL, share, NULL);
    pthread_join(thread, NULL);
    return 0;
}
