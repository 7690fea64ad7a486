// Forgets the end of the loop by hand.

#include "timeout.h"

size_t serve_within(cf_future *plates[], size_t count, double seconds)
{
    size_t served = 0;
    cf_completed *ready = cf_as_completed(plates, count, seconds);
    cf_future *plate;
    while ((plate = cf_next_completed(ready)) != NULL) {
        serve(cf_as_str(cf_result(plate)));
        served++;
    }
    for (size_t i = 0; i < count; i++) {
        cf_cancel(plates[i]);
    }
    return count - served;
}
