// Allocates, and forgets.

#include <stdlib.h>

void deed(void);

static void *volatile kept;

void deed(void)
{
    kept = malloc(100);
    kept = NULL;
}
