// Both cooks count what they have finished in one variable, which nothing
// guards. The portions are right, so nobody notices.

#include "two_cooks.h"

#include <pthread.h>

struct job {
    const char *dish;
    int portions;
};

static int dishes_finished;

static void *cook(void *arg)
{
    struct job *job = arg;
    job->portions = prepare(job->dish);
    dishes_finished++;
    return NULL;
}

int cook_both(const char *const dishes[2], int portions[2])
{
    struct job jobs[2] = {{.dish = dishes[0]}, {.dish = dishes[1]}};
    pthread_t threads[2];
    int error = pthread_create(&threads[0], NULL, cook, &jobs[0]);
    if (error != 0) {
        return error;
    }
    error = pthread_create(&threads[1], NULL, cook, &jobs[1]);
    pthread_join(threads[0], NULL);
    if (error != 0) {
        return error;
    }
    pthread_join(threads[1], NULL);
    portions[0] = jobs[0].portions;
    portions[1] = jobs[1].portions;
    return 0;
}
