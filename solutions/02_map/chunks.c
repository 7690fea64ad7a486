// Solution of 02_map/chunks.

#include "chunks.h"

void weigh_seeds(const int seeds[], size_t count, int64_t milligrams[])
{
    // Rounded up: 17 seeds in chunks of one would be 17 tasks. Tempting: a
    // chunk for each worker. But the one that gets the hard seeds weighs them
    // alone, while the others have nothing left; with four for each worker,
    // who is done early takes another.
    const size_t chunk = (count + MOST_TASKS - 1) / MOST_TASKS;
    cf_with (pool, cf_thread_pool(.max_workers = WORKERS)) {
        int64_t *next = milligrams;
        // The tasks are fewer, but not the turns: each seed has its own
        // result. Tempting: to count on by `chunk`.
        cf_for (weight,
                cf_map(pool, weigh_seed, seeds, count, .chunk = chunk)) {
            *next++ = cf_as_int(weight);
        }
    }
}
