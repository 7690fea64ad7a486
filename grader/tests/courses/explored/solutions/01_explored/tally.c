#include "tally.h"

#include <pthread.h>

struct town {
    int number, votes;
};

static void *ask(void *arg)
{
    struct town *town = arg;
    town->votes = votes_of(town->number);
    return NULL;
}

int tally(void)
{
    struct town first = {.number = 1};
    struct town second = {.number = 2};
    pthread_t asking_first, asking_second;
    if (pthread_create(&asking_first, NULL, ask, &first) != 0) {
        return -1;
    }
    if (pthread_create(&asking_second, NULL, ask, &second) != 0) {
        pthread_join(asking_first, NULL);
        return -1;
    }
    pthread_join(asking_first, NULL);
    pthread_join(asking_second, NULL);
    return first.votes + second.votes;
}
