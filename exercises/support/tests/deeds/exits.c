// Ends the program as if all were well.

#include <stdlib.h>

void deed(void);

void deed(void)
{
    exit(0);
}
