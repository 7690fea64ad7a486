#include "fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

_Noreturn void fault(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("wb_runner: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(EXIT_FAULT);
}
