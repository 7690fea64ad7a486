// Takes it that a cook can always be hired.

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
    struct job jobs[2] = {{.dish = dishes[0]}, {.dish = dishes[1]}};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++) {
        pthread_create(&threads[i], NULL, cook, &jobs[i]);
    }
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
        portions[i] = jobs[i].portions;
    }
    return 0;
}
