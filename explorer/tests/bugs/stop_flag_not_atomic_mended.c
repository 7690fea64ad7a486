// Mended: the flag is atomic.
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

static atomic_bool must_stop;

static void *poll_until_told(void *unused)
{
    while (!must_stop) {
        sched_yield();
    }
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, poll_until_told, NULL);
    must_stop = true;
    pthread_join(thread, NULL);
    return 0;
}
