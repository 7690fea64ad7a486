// Makes a new lock in each call, which nobody else has.

#include "lock_not_tied_to_its_data.h"

#include <pthread.h>
#include <stdlib.h>

struct hall {
    int number;  // set before anybody comes, then read only

    bool is_sold[SEATS];
    int sold;  // how many of them are
};

struct hall *hall_open(int number)
{
    struct hall *hall = calloc(1, sizeof *hall);
    if (hall == NULL) {
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
    free(hall);
}

bool hall_sell(struct hall *hall, int seat)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    const bool is_free = !hall->is_sold[seat];
    if (is_free) {
        hall->is_sold[seat] = true;
        hall->sold++;
        write_down(hall->number, seat, true);
    }
    pthread_mutex_unlock(&lock);
    return is_free;
}

bool hall_take_back(struct hall *hall, int seat)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    const bool is_sold = hall->is_sold[seat];
    if (is_sold) {
        hall->is_sold[seat] = false;
        hall->sold--;
        write_down(hall->number, seat, false);
    }
    pthread_mutex_unlock(&lock);
    return is_sold;
}

int hall_count(struct hall *hall)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    const int sold = hall->sold;
    pthread_mutex_unlock(&lock);
    return sold;
}
