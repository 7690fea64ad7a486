#include <limits.h>

void deed(void);

static volatile int number = INT_MAX;

void deed(void)
{
    number = number + 1;
}
