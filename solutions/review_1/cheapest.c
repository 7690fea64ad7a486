// Solution of review_1/cheapest.

#include "cheapest.h"

#include <cfutures.h>

// A task returns what it found and changes nothing: what nobody shares needs no
// lock. The tempting wrong way is to move the `if` under the lock. Then no
// price is lost any more, but of two equal ones the faster shop wins.
static cf_value ask(cf_value number)
{
    return cf_int(price_at((int)cf_as_int(number)));
}

int cheapest(int count)
{
    int best_shop = NO_SHOP;
    cf_with (pool, cf_thread_pool(.max_workers = MOST_SHOPS)) {
        cf_future *calls[MOST_SHOPS];
        for (int i = 0; i < count; i++) {
            calls[i] = cf_submit(pool, ask, i);
        }

        // Compared here, by one thread, in the order of the shops: so the first
        // of equal ones stays, whoever was ready first.
        int best_price = 0;
        for (int i = 0; i < count; i++) {
            const int price = (int)cf_as_int(cf_result(calls[i]));
            if (price >= 0 && (best_shop == NO_SHOP || price < best_price)) {
                best_price = price;
                best_shop = i;
            }
        }
    }
    return best_shop;
}
