// Solution of 01_sound/twice. A product, because a sum would name the number
// twice; the tempting wrong way is to treat negative numbers apart.

#include "twice.h"

int twice(int number)
{
    const int factor = 2;
    return factor * number;
}
