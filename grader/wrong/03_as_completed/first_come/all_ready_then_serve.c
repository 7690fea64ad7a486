// Waits until everything is ready, and only then begins to serve.

#include "first_come.h"

void serve_all(const char *dishes[], size_t count)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *plates[MOST_DISHES];
        for (size_t i = 0; i < count; i++) {
            plates[i] = cf_submit(pool, cook, dishes[i]);
        }
        cf_wait(plates, count, CF_ALL_COMPLETED, CF_FOREVER);
        cf_for_completed (plate, plates, count) {
            serve(cf_as_str(cf_result(plate)));
        }
    }
}
