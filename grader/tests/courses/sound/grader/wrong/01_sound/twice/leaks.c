#include "twice.h"

#include <stdlib.h>

int twice(int number)
{
    volatile int *kept = malloc(sizeof *kept);
    if (kept == NULL) {
        return 0;
    }
    *kept = number;
    return 2 * *kept;
}
