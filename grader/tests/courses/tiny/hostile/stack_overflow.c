#include "twice.h"

int twice(int number)
{
    volatile char much[4096];
    much[0] = (char)number;
    return twice(number + 1) + much[0];
}
