// Two processes come back from here, each with the same test.

#include <sys/wait.h>
#include <unistd.h>

void deed(void);

void deed(void)
{
    if (fork() != 0) {
        wait(NULL);
    }
}
