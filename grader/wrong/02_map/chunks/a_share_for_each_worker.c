// Cuts the drawer into as many chunks as there are workers. Who gets the hard
// seeds weighs them alone.

#include "chunks.h"

void weigh_seeds(const int seeds[], size_t count, int64_t milligrams[])
{
    const size_t share = (count + WORKERS - 1) / WORKERS;
    cf_with (pool, cf_thread_pool(.max_workers = WORKERS)) {
        size_t i = 0;
        cf_for (weight,
                cf_map(pool, weigh_seed, seeds, count, .chunk = share)) {
            milligrams[i++] = cf_as_int(weight);
        }
    }
}
