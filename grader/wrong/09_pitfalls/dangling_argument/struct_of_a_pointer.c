// cf_struct of a pointer copies the pointer. What it points to is still the one
// variable of the loop.

#include "dangling_argument.h"

static cf_value cook_order(cf_value arg)
{
    const struct order *order = cf_as_struct(arg, const struct order *);
    return cook(order);
}

int begin_orders(cf_executor *pool, cf_future *plates[])
{
    int portions = 0;
    struct order order;
    for (int i = 0; take_order(&order); i++) {
        const struct order *copy = &order;
        plates[i] = cf_submit(pool, cook_order, cf_struct(copy));
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
    return cf_submit(pool, print, cf_take(take_photo(table), free_photo));
}
