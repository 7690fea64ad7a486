// Solution of 09_pitfalls/dangling_argument.

#include "dangling_argument.h"

static cf_value cook_order(cf_value arg)
{
    const struct order order = cf_as_struct(arg, struct order);
    return cook(&order);
}

int begin_orders(cf_executor *pool, cf_future *plates[])
{
    int portions = 0;
    struct order order;
    for (int i = 0; take_order(&order); i++) {
        // The future gets a copy, as of now. Tempting: cf_ptr(&order). There is
        // one `order` for all rounds, so each task would find the last one, and
        // none at all once this function has returned. An array of them, one
        // for each round, ends with the function just the same; a static one
        // would be shared with the next call.
        plates[i] = cf_submit(pool, cook_order, cf_struct(order));
        portions += order.portions;
    }
    return portions;
}

static cf_value print(cf_value photo)
{
    return print_photo(cf_as_ptr(photo));
}

cf_future *begin_print(cf_executor *pool, int table)
{
    // Too large to be copied, so it moves: from here on the photo is the
    // future's, which frees it. Tempting: cf_ptr, and free_photo in the task.
    // That task may never run, and then nobody frees the photo.
    return cf_submit(pool, print, cf_take(take_photo(table), free_photo));
}
