// Allocates for ever, and uses what it gets.
#include <stdlib.h>
#include <string.h>

int main(void)
{
    for (;;) {
        char *piece = malloc(4 << 20);
        if (piece == NULL) {
            return 1;
        }
        memset(piece, 1, 4096);
    }
}
