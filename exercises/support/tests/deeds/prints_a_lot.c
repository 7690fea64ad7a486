// Prints more than is kept, and less than is forbidden.

#include <stdio.h>

void deed(void);

void deed(void)
{
    for (int i = 0; i < 20000; i++) {
        printf("line %d \"\\\t\x01\xff\n", i);
    }
}
