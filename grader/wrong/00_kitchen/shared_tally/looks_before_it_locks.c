// Looks whether the price fits in before it has the lock.

#include "shared_tally.h"

bool serve(struct till *till, const char *dish)
{
    const int price = cook(dish);
    if (till_read(till) + price > TILL_HOLDS) {
        return false;
    }
    pthread_mutex_lock(&till->lock);
    till_write(till, till_read(till) + price);
    pthread_mutex_unlock(&till->lock);
    return true;
}
