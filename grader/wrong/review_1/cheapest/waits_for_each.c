// Waits for each shop before it asks the next, so that nothing can come
// between.

#include "cheapest.h"

#include <cfutures.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int best_price;
static int best_shop;

static cf_value ask(cf_value number)
{
    const int shop = (int)cf_as_int(number);
    const int price = price_at(shop);
    pthread_mutex_lock(&lock);
    if (price >= 0 && (best_shop == NO_SHOP || price < best_price ||
                       (price == best_price && shop < best_shop))) {
        best_price = price;
        best_shop = shop;
    }
    pthread_mutex_unlock(&lock);
    return cf_none();
}

int cheapest(int count)
{
    best_shop = NO_SHOP;
    cf_with (pool, cf_thread_pool(.max_workers = MOST_SHOPS)) {
        for (int i = 0; i < count; i++) {
            cf_result(cf_submit(pool, ask, i));
        }
    }
    return best_shop;
}
