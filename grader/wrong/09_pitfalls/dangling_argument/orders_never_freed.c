// Each order has a block of its own, and nobody frees it.

#include "dangling_argument.h"

#include <stdlib.h>

static cf_value cook_order(cf_value which)
{
    return cook(cf_as_ptr(which));
}

int begin_orders(cf_executor *pool, cf_future *plates[])
{
    int portions = 0;
    struct order order;
    for (int i = 0; take_order(&order); i++) {
        struct order *copy = malloc(sizeof *copy);
        if (copy == NULL) {
            return portions;
        }
        *copy = order;
        plates[i] = cf_submit(pool, cook_order, cf_ptr(copy));
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
