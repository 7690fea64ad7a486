// Ends its own process in a way that nothing can catch.
#include <signal.h>
#include <unistd.h>

int main(void)
{
    kill(getpid(), SIGKILL);
    return 0;
}
