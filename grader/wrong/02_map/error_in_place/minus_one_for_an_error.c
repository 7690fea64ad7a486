// Returns a number that stands for an error.

#include "error_in_place.h"

#include <stdio.h>

cf_value weigh(cf_value parcel)
{
    const int64_t grams = put_on_scales(cf_as_str(parcel));
    return cf_int(grams == 0 ? -1 : grams);
}

int64_t weigh_all(const char *parcels[], size_t count, struct slip slips[])
{
    int64_t total = 0;
    cf_with (pool, cf_thread_pool()) {
        size_t i = 0;
        cf_for (result, cf_map(pool, weigh, parcels, count)) {
            slips[i] = (struct slip){0};
            if (cf_as_int(result) == -1) {
                snprintf(slips[i].problem, sizeof slips[i].problem,
                         "too heavy: %s", parcels[i]);
            } else {
                slips[i].grams = cf_as_int(result);
                total += slips[i].grams;
            }
            i++;
        }
    }
    return total;
}
