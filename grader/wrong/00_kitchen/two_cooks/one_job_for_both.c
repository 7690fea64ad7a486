// One job for both cooks: the second order overwrites the first.

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
    struct job job;
    pthread_t threads[2];
    for (int i = 0; i < 2; i++) {
        job.dish = dishes[i];
        const int error = pthread_create(&threads[i], NULL, cook, &job);
        if (error != 0) {
            return error;
        }
    }
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
    }
    portions[0] = job.portions;
    portions[1] = job.portions;
    return 0;
}
