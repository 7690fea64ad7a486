// Saves crossings to the last, and one worker computes all.

#include "sum_of_squares.h"

cf_value sum_part(cf_value value)
{
    const struct part part = cf_as_struct(value, struct part);
    int64_t sum = 0;
    for (int64_t i = part.from; i < part.to; i++) {
        sum += square(i);
    }
    return cf_int(sum);
}

int64_t sum_of_squares(int64_t count)
{
    int64_t sum = 0;
    cf_with (pool, cf_process_pool(.max_workers = WORKERS)) {
        const struct part all = {0, count};
        if (count > 0) {
            sum =
                cf_as_int(cf_result(cf_submit(pool, sum_part, cf_struct(all))));
        }
    }
    return sum;
}
