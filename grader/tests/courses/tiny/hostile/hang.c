#include "twice.h"

int twice(int number)
{
    for (volatile int i = 0; i >= 0; i = !i) {
    }
    return 2 * number;
}
