// One lock for all tills: cooks at different tills wait for each other.

#include "shared_tally.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

bool serve(struct till *till, const char *dish)
{
    const int price = cook(dish);
    pthread_mutex_lock(&lock);
    const int sum = till_read(till) + price;
    const bool fits = sum <= TILL_HOLDS;
    if (fits) {
        till_write(till, sum);
    }
    pthread_mutex_unlock(&lock);
    return fits;
}
