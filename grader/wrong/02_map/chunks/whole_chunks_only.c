// Maps only as many seeds as fill whole chunks; the rest is not weighed.

#include "chunks.h"

void weigh_seeds(const int seeds[], size_t count, int64_t milligrams[])
{
    const size_t chunk = (count + MOST_TASKS - 1) / MOST_TASKS;
    cf_with (pool, cf_thread_pool(.max_workers = WORKERS)) {
        size_t i = 0;
        cf_for (weight, cf_map(pool, weigh_seed, seeds,
                               chunk == 0 ? 0 : count / chunk * chunk,
                               .chunk = chunk)) {
            milligrams[i++] = cf_as_int(weight);
        }
    }
}
