// Starts a process that leaves its session and stays.

#include <signal.h>
#include <unistd.h>

void deed(void);

void deed(void)
{
    if (fork() == 0) {
        setsid();
        signal(SIGTERM, SIG_IGN);
        if (fork() == 0) {
            for (;;) {
                pause();
            }
        }
        _exit(0);
    }
}
