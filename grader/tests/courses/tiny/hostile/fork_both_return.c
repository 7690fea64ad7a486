// Parent and child both come back to the test.
#include "twice.h"

#include <unistd.h>

int twice(int number)
{
    (void)fork();
    return 2 * number;
}
