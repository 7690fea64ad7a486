// All tasks count in one variable that nothing guards.

#include "first_come.h"

static int plates_cooked;

static cf_value cook_and_count(cf_value dish)
{
    cf_value plate = cook(dish);
    plates_cooked++;
    return plate;
}

void serve_all(const char *dishes[], size_t count)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *plates[MOST_DISHES];
        for (size_t i = 0; i < count; i++) {
            plates[i] = cf_submit(pool, cook_and_count, dishes[i]);
        }
        cf_for_completed (plate, plates, count) {
            serve(cf_as_str(cf_result(plate)));
        }
    }
}
