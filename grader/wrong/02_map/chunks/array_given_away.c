// Makes an array of values, which cf_map may have, and believes that the array
// itself goes with them.

#include "chunks.h"

#include <stdlib.h>

void weigh_seeds(const int seeds[], size_t count, int64_t milligrams[])
{
    cf_value *numbers = malloc((count + 1) * sizeof *numbers);
    if (numbers == NULL) {
        abort();
    }
    for (size_t i = 0; i < count; i++) {
        numbers[i] = cf_int(seeds[i]);
    }
    const size_t chunk = (count + MOST_TASKS - 1) / MOST_TASKS;
    cf_with (pool, cf_thread_pool(.max_workers = WORKERS)) {
        size_t i = 0;
        cf_for (weight,
                cf_map(pool, weigh_seed, numbers, count, .chunk = chunk)) {
            milligrams[i++] = cf_as_int(weight);
        }
    }
}
