#include "twice.h"

#include <limits.h>

int twice(int number)
{
    volatile int most = INT_MAX;
    most++;
    return 2 * number;
}
