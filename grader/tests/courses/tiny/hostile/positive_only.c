// Right for what is not negative.
#include "twice.h"

int twice(int number)
{
    return number > 0 ? 2 * number : 0;
}
