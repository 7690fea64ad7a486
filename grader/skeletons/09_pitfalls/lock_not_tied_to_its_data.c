// Exercise 09_pitfalls/lock_not_tied_to_its_data. The contract is in
// lock_not_tied_to_its_data.h. No seat is touched without a lock here. Run the
// check, and look at what it shows you, before you change a line.

#include "lock_not_tied_to_its_data.h"

#include <pthread.h>
#include <stdlib.h>

// TODO: For each of these locks: which data does it protect, and from whom? Who
// else touches the same data, and which lock do they hold?
static pthread_mutex_t selling = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t taking_back = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t counting = PTHREAD_MUTEX_INITIALIZER;

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
    free(hall);
}

bool hall_sell(struct hall *hall, int seat)
{
    pthread_mutex_lock(&selling);
    const bool is_free = !hall->is_sold[seat];
    if (is_free) {
        hall->is_sold[seat] = true;
        hall->sold++;
        write_down(hall->number, seat, true);
    }
    pthread_mutex_unlock(&selling);
    return is_free;
}

bool hall_take_back(struct hall *hall, int seat)
{
    pthread_mutex_lock(&taking_back);
    const bool is_sold = hall->is_sold[seat];
    if (is_sold) {
        hall->is_sold[seat] = false;
        hall->sold--;
        write_down(hall->number, seat, false);
    }
    pthread_mutex_unlock(&taking_back);
    return is_sold;
}

int hall_count(struct hall *hall)
{
    pthread_mutex_lock(&counting);
    const int sold = hall->sold;
    pthread_mutex_unlock(&counting);
    return sold;
}
