// Adds each sum before it submits the next part.

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
    const int64_t most = (count + MOST_PARTS - 1) / MOST_PARTS;
    const int64_t size = most > 0 ? most : 1;
    int64_t sum = 0;
    cf_with (pool, cf_process_pool(.max_workers = WORKERS)) {
        for (int64_t from = 0; from < count; from += size) {
            const int64_t end = from + size;
            const struct part part = {from, end < count ? end : count};
            cf_future *done = cf_submit(pool, sum_part, cf_struct(part));
            sum += cf_as_int(cf_result(done));
        }
    }
    return sum;
}
