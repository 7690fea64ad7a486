// Close, but the contract says small letters.

#include "first_order.h"

const char *word_on_the_sign(void)
{
    return "Open";
}
