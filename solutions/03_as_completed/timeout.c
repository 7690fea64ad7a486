// Solution of 03_as_completed/timeout.

#include "timeout.h"

size_t serve_within(cf_future *plates[], size_t count, double seconds)
{
    size_t served = 0;

    // One limit for the whole loop, which begins to run here. Tempting:
    // cf_result_within(plate, seconds) for each; five plates may then take five
    // times as long, and those behind a slow one wait for it.
    cf_completed *ready = cf_as_completed(plates, count, seconds);
    cf_future *plate;
    while ((plate = cf_next_completed(ready)) != NULL) {
        serve(cf_as_str(cf_result(plate)));
        served++;
    }
    cf_completed_close(ready);

    // True for what waits in the queue, and no harm to the rest. Tempting: to
    // wait here for those that can't be cancelled. That is the wait for which
    // there is no time.
    for (size_t i = 0; i < count; i++) {
        cf_cancel(plates[i]);
    }

    // Tempting: to count the plates that are not cf_done. One may have got
    // ready a moment ago: it would be neither served nor counted.
    return count - served;
}
