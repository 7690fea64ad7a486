// Cancels a thread, which the explorer does not do.
#include <pthread.h>
#include <unistd.h>

static void *sleep_long(void *unused)
{
    sleep(100);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, sleep_long, NULL);
    pthread_cancel(thread);
    pthread_join(thread, NULL);
    return 0;
}
