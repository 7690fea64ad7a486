// Leaves its session, ignores all signals, and does not end.

#include <signal.h>
#include <unistd.h>

void deed(void);

void deed(void)
{
    for (int i = 1; i < NSIG; i++) {
        signal(i, SIG_IGN);
    }
    setsid();
    for (;;) {
        pause();
    }
}
