// Exercise 09_pitfalls/dangling_argument. The contract is in
// dangling_argument.h.
//
// This compiles, and looks right. Run ./workbook check before you change
// anything, and read in which order of the steps it goes wrong.

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
        // TODO: How many orders are there in memory, and until when? How many
        // does the kitchen need?
        plates[i] = cf_submit(pool, cook_order, cf_ptr(&order));
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
    // TODO: Who knows when the photo is printed? A photo is too large to be
    // copied, and nobody waits here.
    free_photo(photo);
    return printed;
}
