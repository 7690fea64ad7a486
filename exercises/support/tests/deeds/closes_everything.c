// Closes every descriptor, and with them the line to the runner.

#include <unistd.h>

void deed(void);

void deed(void)
{
    for (int i = 0; i < 1024; i++) {
        close(i);
    }
}
