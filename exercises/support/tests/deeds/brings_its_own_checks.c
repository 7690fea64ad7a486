// Defines the functions with which it is tested, and runs.

#include "wb_test.h"

#include <stdlib.h>

void deed(void);

static int calls;

void wb_check(bool holds, const char *file, int line, const char *format, ...)
{
    (void)holds;
    (void)file;
    (void)line;
    (void)format;
    calls++;
}

void deed(void)
{
    if (calls > 0) {
        exit(0);
    }
    WB_CHECK(false, "this check does not hold");
}
