// Waits for each task before the memory goes: right for the memory, but nobody
// else is served meanwhile.

#include "dangling_argument.h"

static cf_value cook_order(cf_value which)
{
    const struct order *order = cf_as_ptr(which);
    return cook(order);
}

int begin_orders(cf_executor *pool, cf_future *plates[])
{
    int portions = 0;
    struct order order;
    for (int i = 0; take_order(&order); i++) {
        plates[i] = cf_submit(pool, cook_order, cf_ptr(&order));
        cf_result(plates[i]);
        portions += order.portions;
    }
    return portions;
}

static cf_value print(cf_value which)
{
    const struct photo *photo = cf_as_ptr(which);
    return print_photo(photo);
}

cf_future *begin_print(cf_executor *pool, int table)
{
    struct photo *photo = take_photo(table);
    cf_future *printed = cf_submit(pool, print, cf_ptr(photo));
    cf_result(printed);
    free_photo(photo);
    return printed;
}
