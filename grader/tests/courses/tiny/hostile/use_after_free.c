#include "twice.h"

#include <stdlib.h>

int twice(int number)
{
    int *result = malloc(sizeof(*result));
    if (result == NULL) {
        return 0;
    }
    *result = 1;
    free(result);
    volatile int seen = *result;
    (void)seen;
    return 2 * number;
}
