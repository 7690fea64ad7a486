// Gives each seat a lock, and forgets the book, which they all share.

#include "lock_not_tied_to_its_data.h"

#include <pthread.h>
#include <stdlib.h>

struct hall {
    int number;  // set before anybody comes, then read only

    pthread_mutex_t locks[SEATS];
    bool is_sold[SEATS];
};

struct hall *hall_open(int number)
{
    struct hall *hall = calloc(1, sizeof *hall);
    if (hall == NULL) {
        return NULL;
    }
    for (int i = 0; i < SEATS; i++) {
        if (pthread_mutex_init(&hall->locks[i], NULL) != 0) {
            while (i-- > 0) {
                pthread_mutex_destroy(&hall->locks[i]);
            }
            free(hall);
            return NULL;
        }
    }
    hall->number = number;
    return hall;
}

void hall_close(struct hall *hall)
{
    if (hall == NULL) {
        return;
    }
    for (int i = 0; i < SEATS; i++) {
        pthread_mutex_destroy(&hall->locks[i]);
    }
    free(hall);
}

bool hall_sell(struct hall *hall, int seat)
{
    pthread_mutex_lock(&hall->locks[seat]);
    const bool is_free = !hall->is_sold[seat];
    if (is_free) {
        hall->is_sold[seat] = true;
        write_down(hall->number, seat, true);
    }
    pthread_mutex_unlock(&hall->locks[seat]);
    return is_free;
}

bool hall_take_back(struct hall *hall, int seat)
{
    pthread_mutex_lock(&hall->locks[seat]);
    const bool is_sold = hall->is_sold[seat];
    if (is_sold) {
        hall->is_sold[seat] = false;
        write_down(hall->number, seat, false);
    }
    pthread_mutex_unlock(&hall->locks[seat]);
    return is_sold;
}

int hall_count(struct hall *hall)
{
    int sold = 0;
    for (int i = 0; i < SEATS; i++) {
        pthread_mutex_lock(&hall->locks[i]);
        sold += hall->is_sold[i];
        pthread_mutex_unlock(&hall->locks[i]);
    }
    return sold;
}
