// Asks afterwards which plates are not done. One may have got ready since the
// loop ended: it is neither served nor counted.

#include "timeout.h"

size_t serve_within(cf_future *plates[], size_t count, double seconds)
{
    cf_completed *ready = cf_as_completed(plates, count, seconds);
    cf_future *plate;
    while ((plate = cf_next_completed(ready)) != NULL) {
        serve(cf_as_str(cf_result(plate)));
    }
    cf_completed_close(ready);
    size_t late = 0;
    for (size_t i = 0; i < count; i++) {
        if (!cf_done(plates[i])) {
            late++;
        }
        cf_cancel(plates[i]);
    }
    return late;
}
