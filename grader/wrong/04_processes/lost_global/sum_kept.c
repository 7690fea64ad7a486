// Adds to a static sum, which has the first night in it.

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
    static int64_t sum = 0;
    cf_with (pool, cf_process_pool(.max_workers = WORKERS)) {
        cf_for (stars, cf_map(pool, count_stars, pictures, count)) {
            sum += cf_as_int(stars);
        }
    }
    return sum;
}
