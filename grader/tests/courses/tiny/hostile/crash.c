#include "twice.h"

#include <stddef.h>

int twice(int number)
{
    int *volatile nowhere = NULL;
    return *nowhere + number;
}
