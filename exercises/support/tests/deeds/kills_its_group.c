#include <signal.h>

void deed(void);

void deed(void)
{
    kill(0, SIGKILL);
}
