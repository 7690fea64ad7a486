// Waits for a signal that nobody sends, in the kernel.
#include <unistd.h>

int main(void)
{
    pause();
    return 0;
}
