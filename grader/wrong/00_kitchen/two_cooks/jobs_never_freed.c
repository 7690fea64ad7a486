// Puts the jobs on the heap, and nobody frees them.

#include "two_cooks.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

struct job {
    const char *dish;
    int portions;
};

static void *cook(void *arg)
{
    struct job *job = arg;
    job->portions = prepare(job->dish);
    return job;
}

static int start(pthread_t *thread, const char *dish)
{
    struct job *job = malloc(sizeof *job);
    if (job == NULL) {
        return ENOMEM;
    }
    job->dish = dish;
    return pthread_create(thread, NULL, cook, job);
}

int cook_both(const char *const dishes[2], int portions[2])
{
    pthread_t threads[2];
    int error = start(&threads[0], dishes[0]);
    if (error != 0) {
        return error;
    }
    error = start(&threads[1], dishes[1]);
    void *first, *second;
    pthread_join(threads[0], &first);
    if (error != 0) {
        return error;
    }
    pthread_join(threads[1], &second);
    portions[0] = ((struct job *)first)->portions;
    portions[1] = ((struct job *)second)->portions;
    return 0;
}
