// Code that loses memory: sanitizers have to report it.

#include <stdlib.h>

int probe(void);

int probe(void)
{
    // Several, so that an address left in a register hides one at most.
    for (int i = 0; i < 16; i++) {
        char *volatile lost = malloc(64);
        lost = NULL;
    }
    return 1;
}
