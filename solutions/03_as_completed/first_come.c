// Solution of 03_as_completed/first_come.

#include "first_come.h"

void serve_all(const char *dishes[], size_t count)
{
    cf_with (pool, cf_thread_pool(.max_workers = MOST_DISHES)) {
        cf_future *plates[MOST_DISHES];
        for (size_t i = 0; i < count; i++) {
            plates[i] = cf_submit(pool, cook, dishes[i]);
        }

        // Tempting: a loop over i with cf_result(plates[i]). It is right, and
        // late: as long as the first dish cooks, nobody carries the others.
        cf_for_completed (plate, plates, count) {
            // This one is ready, so cf_result does not wait. Tempting again:
            // to count the rounds and ask for plates[round]. The array stays
            // in the order of the menu, and its next place may still cook.
            serve(cf_as_str(cf_result(plate)));
        }
    }
}
