// Defines the functions with which it is tested, so that no check ever fails.

#include "wb_test.h"

void wb_check(bool holds, const char *file, int line, const char *format, ...)
{
    (void)holds;
    (void)file;
    (void)line;
    (void)format;
}

void wb_equal_int(int64_t got, int64_t expected, const char *expression,
                  const char *file, int line)
{
    (void)got;
    (void)expected;
    (void)expression;
    (void)file;
    (void)line;
}

CU_BOOL CU_assertImplementation(CU_BOOL holds, unsigned line,
                                const char *condition, const char *file,
                                const char *function, CU_BOOL is_fatal)
{
    (void)holds;
    (void)line;
    (void)condition;
    (void)file;
    (void)function;
    (void)is_fatal;
    return CU_TRUE;
}
