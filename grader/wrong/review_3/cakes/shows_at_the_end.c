// Waits for all cakes, and only then shows the numbers.

#include "cakes.h"

int bake_all(int count)
{
    int weight = 0;
    cf_with (pool, cf_thread_pool(.max_workers = OVENS)) {
        cf_future *cakes[MOST_CAKES];
        for (int i = 0; i < count; i++) {
            cakes[i] = cf_submit(pool, bake, i);
        }

        for (int i = 0; i < count; i++) {
            if (cf_exception(cakes[i]) == NULL) {
                weight += (int)cf_as_int(cf_result(cakes[i]));
            }
        }
        for (int i = 0; i < count; i++) {
            show(i + 1, count);
        }
    }
    return weight;
}
