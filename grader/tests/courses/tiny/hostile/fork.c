// Leaves a process behind that would live for ever.
#include "twice.h"

#include <unistd.h>

int twice(int number)
{
    if (fork() == 0) {
        for (;;) {
            pause();
        }
    }
    return 2 * number;
}
