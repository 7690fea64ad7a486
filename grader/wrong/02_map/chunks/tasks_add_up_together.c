// All tasks add to one sum, which nothing guards. Each weight is right, so
// nobody notices.

#include "chunks.h"

static int64_t all_milligrams;

static cf_value weigh_and_add(cf_value seed)
{
    const cf_value weight = weigh_seed(seed);
    all_milligrams += cf_as_int(weight);
    return weight;
}

void weigh_seeds(const int seeds[], size_t count, int64_t milligrams[])
{
    const size_t chunk = (count + MOST_TASKS - 1) / MOST_TASKS;
    cf_with (pool, cf_thread_pool(.max_workers = WORKERS)) {
        size_t i = 0;
        cf_for (weight,
                cf_map(pool, weigh_and_add, seeds, count, .chunk = chunk)) {
            milligrams[i++] = cf_as_int(weight);
        }
    }
}
