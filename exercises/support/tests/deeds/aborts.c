#include <stdlib.h>

void deed(void);

void deed(void)
{
    abort();
}
