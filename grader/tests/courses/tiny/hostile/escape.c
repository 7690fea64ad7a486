// Prints what would confuse a terminal, then is wrong.
#include "twice.h"

#include <stdio.h>

int twice(int number)
{
    (void)number;
    printf("\033[2J\033]0;owned\007\377\n");
    return 5;
}
