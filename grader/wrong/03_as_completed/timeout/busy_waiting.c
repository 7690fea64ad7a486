// Looks at the clock and at each plate, again and again.

#include "timeout.h"

#include <time.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

size_t serve_within(cf_future *plates[], size_t count, double seconds)
{
    const double end = now() + seconds;
    bool is_served[MOST_DISHES] = {false};
    size_t served = 0;
    do {
        for (size_t i = 0; i < count; i++) {
            if (!is_served[i] && cf_done(plates[i])) {
                serve(cf_as_str(cf_result(plates[i])));
                is_served[i] = true;
                served++;
            }
        }
    } while (served < count && now() < end);
    for (size_t i = 0; i < count; i++) {
        cf_cancel(plates[i]);
    }
    return count - served;
}
