// Prints the answer instead of returning it.

#include "first_order.h"

#include <stdio.h>

const char *word_on_the_sign(void)
{
    printf("open\n");
    return "closed";
}
