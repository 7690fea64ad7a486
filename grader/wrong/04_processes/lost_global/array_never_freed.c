// Keeps the futures in an array of its own, and never frees that.

#include "lost_global.h"

#include <stdlib.h>

cf_value count_stars(cf_value picture)
{
    int64_t stars = 0;
    for (const char *point = cf_as_str(picture); *point != '\0'; point++) {
        stars += is_star(*point);
    }
    return cf_int(stars);
}

int64_t stars_in(const char *pictures[], size_t count)
{
    int64_t sum = 0;
    cf_future **stars = malloc((count + 1) * sizeof *stars);
    cf_with (pool, cf_process_pool(.max_workers = WORKERS)) {
        for (size_t i = 0; i < count; i++) {
            stars[i] = cf_submit(pool, count_stars, pictures[i]);
        }
        for (size_t i = 0; i < count; i++) {
            sum += cf_as_int(cf_result(stars[i]));
        }
    }
    return sum;
}
