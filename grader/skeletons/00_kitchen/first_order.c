// Exercise 00_kitchen/first_order. The contract is in first_order.h. Change
// one word, then check it: ./workbook check 00_kitchen/first_order

#include "first_order.h"

const char *word_on_the_sign(void)
{
    // TODO: The first guests are at the door. What should they read?
    return "closed";
}
