#include "twice.h"

#include <stdlib.h>

int twice(int number)
{
    int *result = malloc(sizeof(*result));
    if (result == NULL) {
        return 0;
    }
    *result = 2 * number;
    return *result;
}
