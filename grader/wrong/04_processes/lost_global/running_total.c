// Returns the global of the worker, which has all its pictures in it.

#include "lost_global.h"

static int64_t found;

cf_value count_stars(cf_value picture)
{
    for (const char *point = cf_as_str(picture); *point != '\0'; point++) {
        found += is_star(*point);
    }
    return cf_int(found);
}

int64_t stars_in(const char *pictures[], size_t count)
{
    int64_t sum = 0;
    cf_with (pool, cf_process_pool(.max_workers = WORKERS)) {
        cf_for (stars, cf_map(pool, count_stars, pictures, count)) {
            sum += cf_as_int(stars);
        }
    }
    return sum;
}
