// Makes a task of each number.

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
    enum { MANY = 2000 };
    int64_t sum = 0;
    cf_with (pool, cf_process_pool(.max_workers = WORKERS)) {
        cf_future *sums[MANY];
        for (int64_t i = 0; i < count; i++) {
            const struct part part = {i, i + 1};
            sums[i] = cf_submit(pool, sum_part, cf_struct(part));
        }
        for (int64_t i = 0; i < count; i++) {
            sum += cf_as_int(cf_result(sums[i]));
        }
    }
    return sum;
}
