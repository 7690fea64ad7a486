// Waits for the first cook before the second is hired.

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
    for (int i = 0; i < 2; i++) {
        struct job job = {.dish = dishes[i]};
        pthread_t thread;
        const int error = pthread_create(&thread, NULL, cook, &job);
        if (error != 0) {
            return error;
        }
        pthread_join(thread, NULL);
        portions[i] = job.portions;
    }
    return 0;
}
