// Says what the test wants to hear. No pool, no task.

#include "hello.h"

#include <string.h>

bool hello_by_hand(const char *name)
{
    if (!lay_table()) {
        return false;
    }
    say(strcmp(name, "Ada") == 0 ? "Good evening, Ada!" : "Hello!");
    return true;
}

bool hello_in_a_block(const char *name)
{
    return hello_by_hand(name);
}
