// Serves what is a plate, and says nothing of what is none.

#include "unhandled_error.h"

cf_value bake_one(cf_value dish)
{
    take_oven();
    const cf_value plate = bake(dish);
    give_oven_back();

    return plate;
}

int bake_all(const char *const dishes[], int count)
{
    int served = 0;
    cf_with (pool, cf_thread_pool(.max_workers = MOST_DISHES)) {
        cf_future *plates[MOST_DISHES];
        for (int i = 0; i < count; i++) {
            plates[i] = cf_submit(pool, bake_one, dishes[i]);
        }

        for (int i = 0; i < count; i++) {
            if (cf_exception(plates[i]) == NULL) {
                serve(cf_as_str(cf_result(plates[i])));
                served++;
            }
        }
    }
    return served;
}
