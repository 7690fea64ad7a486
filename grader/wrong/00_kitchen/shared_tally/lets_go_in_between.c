// Locks to read and locks to write, but lets go in between.

#include "shared_tally.h"

bool serve(struct till *till, const char *dish)
{
    const int price = cook(dish);

    pthread_mutex_lock(&till->lock);
    const int amount = till_read(till);
    pthread_mutex_unlock(&till->lock);

    if (amount + price > TILL_HOLDS) {
        return false;
    }

    pthread_mutex_lock(&till->lock);
    till_write(till, amount + price);
    pthread_mutex_unlock(&till->lock);
    return true;
}
