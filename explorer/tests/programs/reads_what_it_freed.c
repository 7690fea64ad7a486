// Written, freed and read by one thread: all in order, and wrong.

#include <stdlib.h>

int main(void)
{
    int *value = malloc(sizeof *value);
    *value = 1;
    free(value);
    return *value == 1;
}
