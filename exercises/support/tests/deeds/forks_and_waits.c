// A process that is properly ended and waited for: nothing wrong with that.

#include <sys/wait.h>
#include <unistd.h>

void deed(void);

void deed(void)
{
    const pid_t child = fork();
    if (child == 0) {
        _exit(0);
    }
    waitpid(child, NULL, 0);
}
