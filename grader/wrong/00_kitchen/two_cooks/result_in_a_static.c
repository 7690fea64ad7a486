// Both cooks put their result into the same static variable.

#include "two_cooks.h"

#include <pthread.h>

static void *cook(void *arg)
{
    static int portions;
    portions = prepare(arg);
    return &portions;
}

int cook_both(const char *const dishes[2], int portions[2])
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++) {
        const int error =
            pthread_create(&threads[i], NULL, cook, (void *)dishes[i]);
        if (error != 0) {
            return error;
        }
    }
    void *results[2];
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], &results[i]);
    }
    for (int i = 0; i < 2; i++) {
        portions[i] = *(int *)results[i];
    }
    return 0;
}
