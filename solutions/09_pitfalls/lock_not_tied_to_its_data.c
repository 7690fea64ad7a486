// Solution of 09_pitfalls/lock_not_tied_to_its_data.

#include "lock_not_tied_to_its_data.h"

#include <pthread.h>
#include <stdlib.h>

struct hall {
    int number;  // set before anybody comes, then read only

    // One lock for all that has to agree, and beside it, so that whoever adds a
    // function sees which one to take. Tempting: a lock for each function, or
    // for each seat. Two functions change the same seats, and all seats change
    // the same number. And tempting: one static lock for all halls. It keeps
    // the numbers together, but makes who is at another hall wait.
    pthread_mutex_t lock;
    // lock guards these, and the hall's book:
    bool is_sold[SEATS];
    int sold;  // how many of them are
};

struct hall *hall_open(int number)
{
    struct hall *hall = calloc(1, sizeof *hall);
    if (hall == NULL) {
        return NULL;
    }
    // Zeros from calloc do for a mutex here, and elsewhere perhaps not.
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
        // Slow, and yet under the lock: the book has to agree, too, and its
        // lines have to be in order.
        write_down(hall->number, seat, true);
    }
    pthread_mutex_unlock(&hall->lock);
    return is_free;
}

bool hall_take_back(struct hall *hall, int seat)
{
    pthread_mutex_lock(&hall->lock);
    const bool is_sold = hall->is_sold[seat];
    if (is_sold) {
        hall->is_sold[seat] = false;
        hall->sold--;
        write_down(hall->number, seat, false);
    }
    pthread_mutex_unlock(&hall->lock);
    return is_sold;
}

int hall_count(struct hall *hall)
{
    // Who only reads takes the lock as well. Without it, this would look at a
    // number that somebody else is just changing.
    pthread_mutex_lock(&hall->lock);
    const int sold = hall->sold;
    pthread_mutex_unlock(&hall->lock);
    return sold;
}
