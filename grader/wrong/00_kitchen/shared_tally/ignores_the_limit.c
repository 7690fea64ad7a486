// Always pays in, however full the till is.

#include "shared_tally.h"

bool serve(struct till *till, const char *dish)
{
    const int price = cook(dish);
    pthread_mutex_lock(&till->lock);
    till_write(till, till_read(till) + price);
    pthread_mutex_unlock(&till->lock);
    return true;
}
