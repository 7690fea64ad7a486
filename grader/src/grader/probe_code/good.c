// Code without fault: sanitizers have to keep silent.

#include <stdlib.h>

int probe(void);

int probe(void)
{
    int *one = malloc(sizeof(*one));
    if (one == NULL) {
        return 1;
    }
    *one = 1;
    int result = *one;
    free(one);
    return result;
}
