// Adds one to every division: 16 seeds come two to a task, where one would do.

#include "chunks.h"

void weigh_seeds(const int seeds[], size_t count, int64_t milligrams[])
{
    cf_with (pool, cf_thread_pool(.max_workers = WORKERS)) {
        size_t i = 0;
        cf_for (weight, cf_map(pool, weigh_seed, seeds, count,
                               .chunk = count / MOST_TASKS + 1)) {
            milligrams[i++] = cf_as_int(weight);
        }
    }
}
