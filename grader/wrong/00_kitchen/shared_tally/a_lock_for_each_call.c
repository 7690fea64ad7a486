// Each call brings a lock of its own, which keeps nobody out.

#include "shared_tally.h"

bool serve(struct till *till, const char *dish)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    const int price = cook(dish);
    pthread_mutex_lock(&lock);
    const int sum = till_read(till) + price;
    const bool fits = sum <= TILL_HOLDS;
    if (fits) {
        till_write(till, sum);
    }
    pthread_mutex_unlock(&lock);
    pthread_mutex_destroy(&lock);
    return fits;
}
