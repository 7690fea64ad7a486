// Every cook goes to the till whenever they like.

#include "shared_tally.h"

bool serve(struct till *till, const char *dish)
{
    const int price = cook(dish);
    const int amount = till_read(till);
    if (amount + price > TILL_HOLDS) {
        return false;
    }
    till_write(till, amount + price);
    return true;
}
