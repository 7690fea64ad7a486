// A thread ends the whole program while main waits for it: nothing is left
// behind.
#include <pthread.h>
#include <stdlib.h>

static void *quit(void *unused)
{
    (void)unused;
    exit(0);
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, quit, NULL);
    pthread_join(thread, NULL);
    return 1;
}
