// Keeps the addresses of the errors, and looks after the loop for those that
// are worth another try: each error has gone away with its turn.

#include "error_in_place.h"

#include <errno.h>
#include <stdio.h>

cf_value weigh(cf_value parcel)
{
    const char *name = cf_as_str(parcel);
    const int64_t grams = put_on_scales(name);
    if (grams == 0) {
        return cf_fail(ERANGE, "too heavy: %s", name);
    }
    return cf_int(grams);
}

int64_t weigh_all(const char *parcels[], size_t count, struct slip slips[])
{
    int64_t total = 0;
    cf_with (pool, cf_thread_pool()) {
        const cf_error *errors[MOST_PARCELS];
        size_t i = 0;
        cf_for (result, cf_map(pool, weigh, parcels, count)) {
            slips[i] = (struct slip){0};
            errors[i] = cf_as_error(result);
            if (errors[i] != NULL) {
                snprintf(slips[i].problem, sizeof slips[i].problem, "%s",
                         errors[i]->message);
            } else {
                slips[i].grams = cf_as_int(result);
                total += slips[i].grams;
            }
            i++;
        }
        for (i = 0; i < count; i++) {
            if (errors[i] != NULL && errors[i]->code == ENOMEM) {
                slips[i] = (struct slip){.grams = put_on_scales(parcels[i])};
                total += slips[i].grams;
            }
        }
    }
    return total;
}
