// Copies the till's mutex and locks the copy, which nobody else has.

#include "shared_tally.h"

bool serve(struct till *till, const char *dish)
{
    const int price = cook(dish);
    pthread_mutex_t lock = till->lock;
    pthread_mutex_lock(&lock);
    const int sum = till_read(till) + price;
    const bool fits = sum <= TILL_HOLDS;
    if (fits) {
        till_write(till, sum);
    }
    pthread_mutex_unlock(&lock);
    return fits;
}
