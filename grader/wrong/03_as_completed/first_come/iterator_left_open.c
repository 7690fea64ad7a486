// Does by hand what cf_for_completed does, without its end.

#include "first_come.h"

void serve_all(const char *dishes[], size_t count)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *plates[MOST_DISHES];
        for (size_t i = 0; i < count; i++) {
            plates[i] = cf_submit(pool, cook, dishes[i]);
        }
        cf_completed *ready =
            cf_as_completed(plates, count, CF_FOREVER);
        cf_future *plate;
        while ((plate = cf_next_completed(ready)) != NULL) {
            serve(cf_as_str(cf_result(plate)));
        }
    }
}
