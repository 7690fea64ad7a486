// Gives the pool what fills whole chunks, and weighs the rest itself.

#include "chunks.h"

void weigh_seeds(const int seeds[], size_t count, int64_t milligrams[])
{
    const size_t chunk = (count + MOST_TASKS - 1) / MOST_TASKS;
    const size_t in_chunks = chunk == 0 ? 0 : count / chunk * chunk;
    cf_with (pool, cf_thread_pool(.max_workers = WORKERS)) {
        size_t i = 0;
        cf_for (weight,
                cf_map(pool, weigh_seed, seeds, in_chunks, .chunk = chunk)) {
            milligrams[i++] = cf_as_int(weight);
        }
        for (; i < count; i++) {
            milligrams[i] = cf_as_int(weigh_seed(cf_int(seeds[i])));
        }
    }
}
