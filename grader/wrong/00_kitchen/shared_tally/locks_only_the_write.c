// Reads without the lock, and locks only to write.

#include "shared_tally.h"

bool serve(struct till *till, const char *dish)
{
    const int sum = cook(dish) + till_read(till);
    if (sum > TILL_HOLDS) {
        return false;
    }
    pthread_mutex_lock(&till->lock);
    till_write(till, sum);
    pthread_mutex_unlock(&till->lock);
    return true;
}
