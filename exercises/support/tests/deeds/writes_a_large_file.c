// Writes a file until it is stopped.

#include <stdio.h>
#include <string.h>

void deed(void);

void deed(void)
{
    static char block[1 << 20];
    memset(block, 'x', sizeof block);
    FILE *file = tmpfile();
    while (file != NULL) {
        fwrite(block, 1, sizeof block, file);
    }
}
