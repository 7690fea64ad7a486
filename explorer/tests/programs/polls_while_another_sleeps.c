// A thread that polls for what a sleeping one will set: time has to pass
// although somebody could always run.
#include "explorer.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

static atomic_bool is_awake;

static void *sleep_then_tell(void *unused)
{
    sleep(3);
    atomic_store(&is_awake, true);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, sleep_then_tell, NULL);
    while (!atomic_load(&is_awake)) {
        sched_yield();
    }
    pthread_join(thread, NULL);
    xp_expect_elapsed(3000000000);
    return 0;
}
