// Makes every variable atomic, so that no lock seems to be needed.

#include "lock_not_tied_to_its_data.h"

#include <stdatomic.h>
#include <stdlib.h>

struct hall {
    int number;  // set before anybody comes, then read only

    atomic_bool is_sold[SEATS];
    atomic_int sold;  // how many of them are
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
    const bool is_free = !atomic_exchange(&hall->is_sold[seat], true);
    if (is_free) {
        hall->sold++;
        write_down(hall->number, seat, true);
    }
    return is_free;
}

bool hall_take_back(struct hall *hall, int seat)
{
    const bool is_sold = atomic_exchange(&hall->is_sold[seat], false);
    if (is_sold) {
        hall->sold--;
        write_down(hall->number, seat, false);
    }
    return is_sold;
}

int hall_count(struct hall *hall)
{
    const int sold = hall->sold;
    return sold;
}
