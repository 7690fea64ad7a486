// Sends a signal with a value, which the explorer does not do.
#include <signal.h>
#include <unistd.h>

int main(void)
{
    return sigqueue(getpid(), SIGUSR1, (union sigval){.sival_int = 1});
}
