// Prints a hundred megabytes.
#include "twice.h"

#include <stdio.h>

int twice(int number)
{
    for (int i = 0; i < 1000000; i++) {
        printf("%099d\n", i);
    }
    return 2 * number;
}
