// Exercise 09_pitfalls/unhandled_error. The contract is in unhandled_error.h.
// As long as nothing burns, this is right. Run the check, and look at what it
// shows you, before you change a line.

#include "unhandled_error.h"

cf_value bake_one(cf_value dish)
{
    take_oven();
    const cf_value plate = bake(dish);
    if (cf_failed(plate)) {
        // TODO: Who is waiting for what, when the function ends here?
        return plate;
    }
    give_oven_back();
    return plate;
}

int bake_all(const char *const dishes[], int count)
{
    cf_with (pool, cf_thread_pool(.max_workers = MOST_DISHES)) {
        cf_future *baked[MOST_DISHES];
        for (int i = 0; i < count; i++) {
            baked[i] = cf_submit(pool, bake_one, dishes[i]);
        }
        for (int i = 0; i < count; i++) {
            // TODO: What does cf_as_str do if there is no plate? Who should
            // hear of it, and what becomes of the dishes behind?
            serve(cf_as_str(cf_result(baked[i])));
        }
    }
    return count;
}
