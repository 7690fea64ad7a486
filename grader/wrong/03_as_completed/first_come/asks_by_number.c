// Believes that the first to be ready has moved to the first place of the
// array, and asks there.

#include "first_come.h"

void serve_all(const char *dishes[], size_t count)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *plates[MOST_DISHES];
        for (size_t i = 0; i < count; i++) {
            plates[i] = cf_submit(pool, cook, dishes[i]);
        }
        int round = 0;
        cf_for_completed (plate, plates, count) {
            (void)plate;
            serve(cf_as_str(cf_result(plates[round++])));
        }
    }
}
