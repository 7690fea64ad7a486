// Solution of 00_kitchen/two_cooks.

#include "two_cooks.h"

#include <pthread.h>

struct job {
    const char *dish;
    int portions;
};

// The result goes into the job, which outlives the thread. The tempting wrong
// way is to return the address of a local variable: that one is gone when the
// function returns, and so before pthread_join hands its address over.
static void *cook(void *arg)
{
    struct job *job = arg;
    job->portions = prepare(job->dish);
    return NULL;
}

int cook_both(const char *const dishes[2], int portions[2])
{
    // A job for each. One job for both, or the address of a loop variable,
    // would be changed for the second cook while the first still reads it.
    struct job first = {.dish = dishes[0]};
    struct job second = {.dish = dishes[1]};

    // Both are started before anybody is waited for. Create, join, create,
    // join gives the same portions, but one cook at a time.
    pthread_t first_cook, second_cook;
    int error = pthread_create(&first_cook, NULL, cook, &first);
    if (error != 0) {
        return error;
    }
    error = pthread_create(&second_cook, NULL, cook, &second);

    // The first cook is at work even if the second could not be hired, and
    // uses `first`, which goes away with this function: so join in any case.
    pthread_join(first_cook, NULL);
    if (error != 0) {
        return error;
    }
    pthread_join(second_cook, NULL);

    portions[0] = first.portions;
    portions[1] = second.portions;
    return 0;
}
