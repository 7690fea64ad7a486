// Ends the program without any clean-up.

#include <unistd.h>

void deed(void);

void deed(void)
{
    _exit(0);
}
