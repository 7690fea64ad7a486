// The task frees the order that it was given; the loop goes on reading from it.

#include "dangling_argument.h"

#include <stdlib.h>

static cf_value cook_order(cf_value which)
{
    struct order *order = cf_as_ptr(which);
    const cf_value plate = cook(order);
    free(order);
    return plate;
}

int begin_orders(cf_executor *pool, cf_future *plates[])
{
    int portions = 0;
    struct order *order = malloc(sizeof *order);
    for (int i = 0; order != NULL && take_order(order); i++) {
        plates[i] = cf_submit(pool, cook_order, cf_ptr(order));
        portions += order->portions;
        order = malloc(sizeof *order);
    }
    free(order);
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
