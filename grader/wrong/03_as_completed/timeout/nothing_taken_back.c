// Believes that what is too late is off, because the time is over.

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
    cf_completed_close(ready);
    return count - served;
}
