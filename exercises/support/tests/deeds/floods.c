// Prints without end.

#include <stdio.h>

void deed(void);

void deed(void)
{
    for (;;) {
        puts("All work and no play makes a dull program.");
    }
}
