// One cook, three dishes, one after another. Each dish is a moment of work
// and then a long wait, during which nobody does anything.

#include <stdio.h>
#include <unistd.h>

static void cook(const char *dish)
{
    printf("%s: in the oven\n", dish);
    fflush(stdout);  // show it now, not when the program ends
    sleep(1);
    printf("%s: ready\n", dish);
}

int main(void)
{
    cook("soup");
    cook("stew");
    cook("pie");
    return 0;
}
