// Sends itself a signal for which there is no handler.
#include <signal.h>

int main(void)
{
    return raise(SIGTERM);
}
