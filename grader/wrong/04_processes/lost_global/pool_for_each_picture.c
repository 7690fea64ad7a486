// Opens a pool for each picture; its end waits for the task.

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
    for (size_t i = 0; i < count; i++) {
        cf_with (pool, cf_process_pool(.max_workers = WORKERS)) {
            sum +=
                cf_as_int(cf_result(cf_submit(pool, count_stars, pictures[i])));
        }
    }
    return sum;
}
