// Collects as in 01_submit, in the order of the menu: while the roast cooks,
// the soup gets cold.

#include "first_come.h"

void serve_all(const char *dishes[], size_t count)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *plates[MOST_DISHES];
        for (size_t i = 0; i < count; i++) {
            plates[i] = cf_submit(pool, cook, dishes[i]);
        }
        for (size_t i = 0; i < count; i++) {
            serve(cf_as_str(cf_result(plates[i])));
        }
    }
}
