// Each task serves its own plate: that is as soon as can be, but several carry
// at a time, and not who was asked to.

#include "first_come.h"

static cf_value cook_and_serve(cf_value dish)
{
    cf_value plate = cook(dish);
    serve(cf_as_str(plate));
    return plate;
}

void serve_all(const char *dishes[], size_t count)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *plates[MOST_DISHES];
        for (size_t i = 0; i < count; i++) {
            plates[i] = cf_submit(pool, cook_and_serve, dishes[i]);
        }
        cf_for_completed (plate, plates, count) {
            cf_result(plate);
        }
    }
}
