// Computes on threads, where a crash would end the program.

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
    cf_with (pool, cf_thread_pool(.max_workers = WORKERS)) {
        cf_future *sums[MOST_PARTS];
        int parts = 0;
        for (int64_t from = 0; from < count; from += size) {
            const int64_t end = from + size;
            const struct part part = {from, end < count ? end : count};
            sums[parts++] = cf_submit(pool, sum_part, cf_struct(part));
        }
        for (int i = 0; i < parts; i++) {
            sum += cf_as_int(cf_result(sums[i]));
        }
    }
    return sum;
}
