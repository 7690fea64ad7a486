// Lets the division round down, and forgets the rest.

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
    const int64_t size = count / MOST_PARTS;
    int64_t sum = 0;
    cf_with (pool, cf_process_pool(.max_workers = WORKERS)) {
        cf_future *sums[MOST_PARTS];
        const int parts = size > 0 ? MOST_PARTS : 0;
        for (int i = 0; i < parts; i++) {
            const struct part part = {i * size, (i + 1) * size};
            sums[i] = cf_submit(pool, sum_part, cf_struct(part));
        }
        for (int i = 0; i < parts; i++) {
            sum += cf_as_int(cf_result(sums[i]));
        }
    }
    return sum;
}
