// Hires one cook only; the caller prepares the second dish itself.

#include "two_cooks.h"

#include <pthread.h>

struct job {
    const char *dish;
    int portions;
};

static void *cook(void *arg)
{
    struct job *job = arg;
    job->portions = prepare(job->dish);
    return NULL;
}

int cook_both(const char *const dishes[2], int portions[2])
{
    struct job first = {.dish = dishes[0]};
    struct job second = {.dish = dishes[1]};
    pthread_t thread;
    const int error = pthread_create(&thread, NULL, cook, &first);
    if (error != 0) {
        return error;
    }
    cook(&second);
    pthread_join(thread, NULL);
    portions[0] = first.portions;
    portions[1] = second.portions;
    return 0;
}
