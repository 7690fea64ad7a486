// Waits for each dish before it submits the next: whatever is ready, it is
// alone.

#include "first_come.h"

void serve_all(const char *dishes[], size_t count)
{
    cf_with (pool, cf_thread_pool()) {
        for (size_t i = 0; i < count; i++) {
            cf_future *plate = cf_submit(pool, cook, dishes[i]);
            cf_for_completed (ready, &plate, 1) {
                serve(cf_as_str(cf_result(ready)));
            }
        }
    }
}
