// Locks, and takes it that the lock opens by itself at the end.

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
    return true;
}
