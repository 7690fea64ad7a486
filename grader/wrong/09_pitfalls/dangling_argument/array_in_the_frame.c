// Each order has a place of its own in an array; but the array ends with the
// function, and the tasks have not begun.

#include "dangling_argument.h"

static cf_value cook_order(cf_value which)
{
    const struct order *order = cf_as_ptr(which);
    return cook(order);
}

int begin_orders(cf_executor *pool, cf_future *plates[])
{
    int portions = 0;
    struct order orders[MOST_ORDERS + 1];
    for (int i = 0; take_order(&orders[i]); i++) {
        plates[i] = cf_submit(pool, cook_order, cf_ptr(&orders[i]));
        portions += orders[i].portions;
    }
    return portions;
}

static cf_value print(cf_value photo)
{
    return print_photo(cf_as_ptr(photo));
}

cf_future *begin_print(cf_executor *pool, int table)
{
    return cf_submit(pool, print, cf_take(take_photo(table), free_photo));
}
