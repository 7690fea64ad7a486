// Waits for ever in a call that the explorer does not know.
#include <poll.h>
#include <stddef.h>

int main(void)
{
    return poll(NULL, 0, -1);
}
