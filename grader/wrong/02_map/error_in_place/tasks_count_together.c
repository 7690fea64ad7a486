// All tasks count the weighings in one variable, which nothing guards. The
// slips are right, so nobody notices.

#include "error_in_place.h"

#include <errno.h>
#include <stdio.h>

static int weighings;

cf_value weigh(cf_value parcel)
{
    const char *name = cf_as_str(parcel);
    const int64_t grams = put_on_scales(name);
    weighings++;
    if (grams == 0) {
        return cf_fail(ERANGE, "too heavy: %s", name);
    }
    return cf_int(grams);
}

int64_t weigh_all(const char *parcels[], size_t count, struct slip slips[])
{
    int64_t total = 0;
    cf_with (pool, cf_thread_pool()) {
        struct slip *slip = slips;
        cf_for (result, cf_map(pool, weigh, parcels, count)) {
            *slip = (struct slip){0};
            if (cf_failed(result)) {
                snprintf(slip->problem, sizeof slip->problem, "%s",
                         cf_as_error(result)->message);
            } else {
                slip->grams = cf_as_int(result);
                total += slip->grams;
            }
            slip++;
        }
    }
    return total;
}
