// Gives the photo away, and frees it in the task besides, to be sure.

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
        plates[i] = cf_submit(pool, cook_order, cf_struct(order));
        portions += order.portions;
    }
    return portions;
}

static cf_value print(cf_value which)
{
    struct photo *photo = cf_as_ptr(which);
    const cf_value printed = print_photo(photo);
    free_photo(photo);
    return printed;
}

cf_future *begin_print(cf_executor *pool, int table)
{
    return cf_submit(pool, print, cf_take(take_photo(table), free_photo));
}
