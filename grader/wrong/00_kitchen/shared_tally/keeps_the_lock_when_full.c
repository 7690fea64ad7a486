// Leaves by an early return, with the lock in its pocket.

#include "shared_tally.h"

bool serve(struct till *till, const char *dish)
{
    const int price = cook(dish);
    pthread_mutex_lock(&till->lock);
    const int sum = till_read(till) + price;
    if (sum > TILL_HOLDS) {
        return false;
    }
    till_write(till, sum);
    pthread_mutex_unlock(&till->lock);
    return true;
}
