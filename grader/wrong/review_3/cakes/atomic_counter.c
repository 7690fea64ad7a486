// Makes the counter atomic and takes no lock.

#include "cakes.h"

#include <stdatomic.h>

static atomic_int over;

static void count_one(cf_future *cake, cf_value all)
{
    (void)cake;
    const int mine = atomic_fetch_add(&over, 1) + 1;
    show(mine, (int)cf_as_int(all));
}

int bake_all(int count)
{
    int weight = 0;
    over = 0;
    cf_with (pool, cf_thread_pool(.max_workers = OVENS)) {
        cf_future *cakes[MOST_CAKES];
        for (int i = 0; i < count; i++) {
            cakes[i] = cf_submit(pool, bake, i);
            cf_on_done(cakes[i], count_one, count);
        }
        for (int i = 0; i < count; i++) {
            if (cf_exception(cakes[i]) == NULL) {
                weight += (int)cf_as_int(cf_result(cakes[i]));
            }
        }
    }
    return weight;
}
