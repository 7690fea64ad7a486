// Ends the program by a way that few know.

#include <stdlib.h>

void deed(void);

void deed(void)
{
    quick_exit(0);
}
