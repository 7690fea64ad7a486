// Both cooks get the address of the loop variable, which is 2 when they look.

#include "two_cooks.h"

#include <pthread.h>

struct job {
    const char *dish;
    int portions;
};

static struct job jobs[3];  // a third, so that nothing outside is touched

static void *cook(void *arg)
{
    const int *i = arg;
    struct job *job = &jobs[*i];
    job->portions = prepare(job->dish);
    return NULL;
}

int cook_both(const char *const dishes[2], int portions[2])
{
    pthread_t threads[2];
    int i;
    for (i = 0; i < 2; i++) {
        jobs[i].dish = dishes[i];
        const int error = pthread_create(&threads[i], NULL, cook, &i);
        if (error != 0) {
            return error;
        }
    }
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    portions[0] = jobs[0].portions;
    portions[1] = jobs[1].portions;
    return 0;
}
