// Counts a burnt cake as if it were still in the oven.

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
        cf_for_completed (cake, cakes, (size_t)count) {
            if (cf_exception(cake) == NULL) {
                over++;
                show(over, count);
                weight += (int)cf_as_int(cf_result(cake));
            }
        }
    }
    return weight;
}
