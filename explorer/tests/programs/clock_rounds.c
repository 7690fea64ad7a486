// Reading the clock costs nothing: 400 rounds of a look and a sleep of 10 ms
// take exactly 4 s, beside a second thread that does the same.
#include "explorer.h"

#include <assert.h>
#include <pthread.h>
#include <time.h>

static void *look_and_sleep(void *unused)
{
    for (int round = 0; round < 400; round++) {
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    }
    return unused;
}

int main(void)
{
    struct timespec before, after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    pthread_t thread;
    pthread_create(&thread, NULL, look_and_sleep, NULL);
    look_and_sleep(NULL);
    pthread_join(thread, NULL);
    clock_gettime(CLOCK_MONOTONIC, &after);
    assert(after.tv_sec - before.tv_sec == 4 &&
           after.tv_nsec == before.tv_nsec);
    xp_expect_elapsed(4000000000);
    return 0;
}
