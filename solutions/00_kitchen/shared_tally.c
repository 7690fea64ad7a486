// Solution of 00_kitchen/shared_tally.

#include "shared_tally.h"

bool serve(struct till *till, const char *dish)
{
    // Before the lock: while one cook waits for the oven, the others need the
    // till. Locking the whole function is the tempting way to be safe; it is
    // right about the money, and turns many cooks into one again.
    const int price = cook(dish);

    // The till's own lock. One static lock for all tills would keep the money
    // together, too, but cooks at different tills would wait for each other.
    pthread_mutex_lock(&till->lock);

    // Reading, comparing and writing are one step for everybody else. Whoever
    // looks before locking, or lets go in between, decides about an amount that
    // may be out of date when it is written.
    const int sum = till_read(till) + price;
    const bool fits = sum <= TILL_HOLDS;
    if (fits) {
        till_write(till, sum);
    }

    // One way out. With a `return false` above, the unlock is easily missed,
    // and the next cook waits at the till for ever.
    pthread_mutex_unlock(&till->lock);
    return fits;
}
