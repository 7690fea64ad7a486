// Returns what lies at the address of a variable that is gone.

#include "twice.h"

static const int *doubled(int number)
{
    int result[64];
    for (int i = 0; i < 64; i++) {
        result[i] = 2 * number;
    }
    const int *volatile where = result;
    return where;
}

static int overwrite(volatile int *with)
{
    volatile int others[64];
    for (int i = 0; i < 64; i++) {
        others[i] = *with;
    }
    return others[63];
}

int twice(int number)
{
    const int *where = doubled(number);
    volatile int other = 7;
    overwrite(&other);
    return where[40];
}
