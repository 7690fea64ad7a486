// Exercise 00_kitchen/two_cooks. The contract is in two_cooks.h; the lesson's
// section "Two cooks are two threads" has the calls that you need.

#include "two_cooks.h"

#include <pthread.h>

// All that one cook needs: what to prepare, and where the result goes. Each
// cook gets a job of their own, so that nobody has to share.
struct job {
    const char *dish;
    int portions;
};

// What a thread runs. `arg` points to the job.
static void *cook(void *arg)
{
    struct job *job = arg;
    // TODO: Who does the slow work, and where does the result belong?
    (void)job;  // keeps the compiler quiet; remove it
    return NULL;
}

int cook_both(const char *const dishes[2], int portions[2])
{
    struct job first = {.dish = dishes[0]};
    struct job second = {.dish = dishes[1]};

    // TODO: These two calls run one after the other, on this thread. Which
    // call starts a cook? What has to happen before you wait for the first?
    // And if only one of the two could be started?
    cook(&first);
    cook(&second);

    portions[0] = first.portions;
    portions[1] = second.portions;
    return 0;
}
