// Takes a chunk for an item: believes that the map has a result for each chunk,
// and goes on by a chunk in every turn.

#include "chunks.h"

void weigh_seeds(const int seeds[], size_t count, int64_t milligrams[])
{
    const size_t chunk = (count + MOST_TASKS - 1) / MOST_TASKS;
    cf_with (pool, cf_thread_pool(.max_workers = WORKERS)) {
        size_t first = 0;
        cf_for (weight,
                cf_map(pool, weigh_seed, seeds, count, .chunk = chunk)) {
            if (first < count) {
                milligrams[first] = cf_as_int(weight);
            }
            first += chunk;
        }
    }
}
