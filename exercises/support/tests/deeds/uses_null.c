#include <stddef.h>

void deed(void);

static int *volatile nowhere;

void deed(void)
{
    *nowhere = 1;
}
