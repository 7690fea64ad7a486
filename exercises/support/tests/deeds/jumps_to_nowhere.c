// Jumps to a place that was never set.

#include <setjmp.h>
#include <string.h>

void deed(void);

void deed(void)
{
    jmp_buf nowhere;
    memset(nowhere, 0x55, sizeof nowhere);
    longjmp(nowhere, 1);
}
