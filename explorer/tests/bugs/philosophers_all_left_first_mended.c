// Mended: the last one takes the right fork first, which breaks the circle.
#include <pthread.h>
#include <stdint.h>

enum { SEATS = 3 };
static pthread_mutex_t fork_of[SEATS] = {PTHREAD_MUTEX_INITIALIZER,
                                         PTHREAD_MUTEX_INITIALIZER,
                                         PTHREAD_MUTEX_INITIALIZER};

static void *dine(void *arg)
{
    intptr_t seat = (intptr_t)arg;
    intptr_t first = seat, second = (seat + 1) % SEATS;
    if (first > second) {
        first = second;
        second = seat;
    }
    pthread_mutex_lock(&fork_of[first]);
    pthread_mutex_lock(&fork_of[second]);
    pthread_mutex_unlock(&fork_of[second]);
    pthread_mutex_unlock(&fork_of[first]);
    return NULL;
}

int main(void)
{
    pthread_t threads[SEATS];
    for (intptr_t i = 0; i < SEATS; i++) {
        pthread_create(&threads[i], NULL, dine, (void *)i);
    }
    for (int i = 0; i < SEATS; i++) {
        pthread_join(threads[i], NULL);
    }
    return 0;
}
