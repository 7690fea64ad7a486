// Sends the address of the sum inside of a struct; each worker adds to a copy.

#include "lost_global.h"

cf_value count_stars(cf_value picture)
{
    int64_t stars = 0;
    for (const char *point = cf_as_str(picture); *point != '\0'; point++) {
        stars += is_star(*point);
    }
    return cf_int(stars);
}

struct job {
    const char *picture;
    int64_t *sum;
};

static cf_value add_stars(cf_value value)
{
    const struct job job = cf_as_struct(value, struct job);
    *job.sum += cf_as_int(count_stars(cf_str(job.picture)));
    return cf_none();
}

int64_t stars_in(const char *pictures[], size_t count)
{
    static int64_t sum;
    sum = 0;
    cf_with (pool, cf_process_pool(.max_workers = WORKERS)) {
        for (size_t i = 0; i < count; i++) {
            const struct job job = {pictures[i], &sum};
            (void)cf_submit(pool, add_stars, cf_struct(job));
        }
    }
    return sum;
}
