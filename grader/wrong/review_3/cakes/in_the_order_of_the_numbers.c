// Waits for the cakes by their numbers, so that the board is late.

#include "cakes.h"

int bake_all(int count)
{
    int weight = 0;
    cf_with (pool, cf_thread_pool(.max_workers = OVENS)) {
        cf_future *cakes[MOST_CAKES];
        for (int i = 0; i < count; i++) {
            cakes[i] = cf_submit(pool, bake, i);
        }

        int over = 0;
        for (int i = 0; i < count; i++) {
            cf_future *cake = cakes[i];
            const bool is_good = cf_exception(cake) == NULL;
            over++;
            show(over, count);
            if (is_good) {
                weight += (int)cf_as_int(cf_result(cake));
            }
        }
    }
    return weight;
}
