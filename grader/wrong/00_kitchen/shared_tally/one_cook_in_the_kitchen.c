// Lets one cook into the kitchen at a time, which is one cook again.

#include "shared_tally.h"

static pthread_mutex_t kitchen = PTHREAD_MUTEX_INITIALIZER;

bool serve(struct till *till, const char *dish)
{
    pthread_mutex_lock(&kitchen);
    const int sum = cook(dish) + till_read(till);
    const bool fits = sum <= TILL_HOLDS;
    if (fits) {
        till_write(till, sum);
    }
    pthread_mutex_unlock(&kitchen);
    return fits;
}
