// Asks afterwards which plates are not done. One may have got ready since the
// loop ended: it is neither served nor counted.

#include "timeout.h"

int serve_within(cf_future *plates[], int count, double seconds)
{
    cf_completed *ready = cf_as_completed(plates, (size_t)count, seconds);
    cf_future *plate;
    while ((plate = cf_next_completed(ready)) != NULL) {
        serve(cf_as_str(cf_result(plate)));
    }
    cf_completed_close(ready);
    int late = 0;
    for (int i = 0; i < count; i++) {
        if (!cf_done(plates[i])) {
            late++;
        }
        cf_cancel(plates[i]);
    }
    return late;
}
