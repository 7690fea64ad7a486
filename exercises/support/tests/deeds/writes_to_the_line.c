// Writes to a descriptor that it never opened.

#include <string.h>
#include <unistd.h>

void deed(void);

void deed(void)
{
    static const char greeting[] = "Hello, is there anybody?\n";
    (void)!write(3, greeting, strlen(greeting));
}
