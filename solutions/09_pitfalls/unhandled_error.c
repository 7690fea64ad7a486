// Solution of 09_pitfalls/unhandled_error.

#include "unhandled_error.h"

cf_value bake_one(cf_value dish)
{
    // Between taking and giving back there is no way out, so that none can
    // forget the oven. Tempting: to look for an error first, and to give back
    // on each of the two ways. That is right until somebody adds a third one.
    take_oven();
    const cf_value plate = bake(dish);
    give_oven_back();

    // An error goes up as it is, to where somebody knows what to do about it.
    return plate;
}

int bake_all(const char *const dishes[], int count)
{
    int served = 0;
    cf_with (pool, cf_thread_pool(.max_workers = MOST_DISHES)) {
        cf_future *baked[MOST_DISHES];
        for (int i = 0; i < count; i++) {
            baked[i] = cf_submit(pool, bake_one, dishes[i]);
        }

        // Every future is looked at: one that nobody asks takes its error
        // along, in silence. Tempting: to return at the first error. But the
        // dishes behind it are baked, and who ordered them is waiting.
        for (int i = 0; i < count; i++) {
            const cf_error *error = cf_exception(baked[i]);
            if (error != NULL) {
                apologise(error->message);
            } else {
                serve(cf_as_str(cf_result(baked[i])));
                served++;
            }
        }
    }
    return served;
}
