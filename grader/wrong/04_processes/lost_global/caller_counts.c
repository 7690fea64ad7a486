// Opens the pool, and counts without it.

#include "lost_global.h"

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
    cf_with (pool, cf_process_pool(.max_workers = WORKERS)) {
        (void)pool;
        for (size_t i = 0; i < count; i++) {
            sum += cf_as_int(count_stars(cf_str(pictures[i])));
        }
    }
    return sum;
}
