// Doubles a number and says so.

#include <stdio.h>

// [twice]
static int twice(int number)
{
    return 2 * number;
}
// [/twice]

int main(int argc, char *argv[])
{
    (void)argv;
    // [main]
    printf("first\n");
    printf("%d\n", twice(20 + argc));
    // [/main]
    return 0;
}
