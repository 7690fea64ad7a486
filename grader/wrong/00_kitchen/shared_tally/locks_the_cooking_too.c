// Holds the lock from the first line to the last, while it cooks, too.

#include "shared_tally.h"

bool serve(struct till *till, const char *dish)
{
    pthread_mutex_lock(&till->lock);
    const int sum = cook(dish) + till_read(till);
    const bool fits = sum <= TILL_HOLDS;
    if (fits) {
        till_write(till, sum);
    }
    pthread_mutex_unlock(&till->lock);
    return fits;
}
