// Makes the global atomic; there is still one for each process.

#include "lost_global.h"

#include <stdatomic.h>

static atomic_llong found;

cf_value count_stars(cf_value picture)
{
    int64_t stars = 0;
    for (const char *point = cf_as_str(picture); *point != '\0'; point++) {
        stars += is_star(*point);
    }
    found += stars;
    return cf_int(stars);
}

int64_t stars_in(const char *pictures[], size_t count)
{
    found = 0;
    cf_with (pool, cf_process_pool(.max_workers = WORKERS)) {
        cf_for (stars, cf_map(pool, count_stars, pictures, count)) {
            (void)stars;
        }
    }
    return found;
}
