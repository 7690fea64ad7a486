// Takes a seat back without a look at it.

#include "lock_not_tied_to_its_data.h"

#include <pthread.h>
#include <stdlib.h>

struct hall {
    int number;  // set before anybody comes, then read only

    pthread_mutex_t lock;
    bool is_sold[SEATS];
    int sold;  // how many of them are
};

struct hall *hall_open(int number)
{
    struct hall *hall = calloc(1, sizeof *hall);
    if (hall == NULL) {
        return NULL;
    }
    if (pthread_mutex_init(&hall->lock, NULL) != 0) {
        free(hall);
        return NULL;
    }
    hall->number = number;
    return hall;
}

void hall_close(struct hall *hall)
{
    if (hall == NULL) {
        return;
    }
    pthread_mutex_destroy(&hall->lock);
    free(hall);
}

bool hall_sell(struct hall *hall, int seat)
{
    pthread_mutex_lock(&hall->lock);
    const bool is_free = !hall->is_sold[seat];
    if (is_free) {
        hall->is_sold[seat] = true;
        hall->sold++;
        write_down(hall->number, seat, true);
    }
    pthread_mutex_unlock(&hall->lock);
    return is_free;
}

bool hall_take_back(struct hall *hall, int seat)
{
    pthread_mutex_lock(&hall->lock);
    hall->is_sold[seat] = false;
    hall->sold--;
    write_down(hall->number, seat, false);
    pthread_mutex_unlock(&hall->lock);
    return true;
}

int hall_count(struct hall *hall)
{
    pthread_mutex_lock(&hall->lock);
    const int sold = hall->sold;
    pthread_mutex_unlock(&hall->lock);
    return sold;
}
