// Serves nothing if there is no time, not even what is ready.

#include "timeout.h"

size_t serve_within(cf_future *plates[], size_t count, double seconds)
{
    if (seconds <= 0) {
        return count;
    }
    size_t served = 0;
    cf_completed *ready = cf_as_completed(plates, count, seconds);
    cf_future *plate;
    while ((plate = cf_next_completed(ready)) != NULL) {
        serve(cf_as_str(cf_result(plate)));
        served++;
    }
    cf_completed_close(ready);
    for (size_t i = 0; i < count; i++) {
        cf_cancel(plates[i]);
    }
    return count - served;
}
