// Waits for the next plate as long as it had waited for the one before.

#include "timeout.h"

size_t serve_within(cf_future *plates[], size_t count, double seconds)
{
    size_t served = 0;
    while (served < count) {
        cf_future **left = plates + served;
        size_t ready = cf_wait(left, count - served,
                               CF_FIRST_COMPLETED, seconds);
        if (ready == 0) {
            break;
        }
        serve(cf_as_str(cf_result(left[0])));
        served++;
    }
    for (size_t i = 0; i < count; i++) {
        cf_cancel(plates[i]);
    }
    return count - served;
}
