// What became of one test: filled in by supervise.c, shown by report.c.

#ifndef RESULT_H
#define RESULT_H

#include "buffer.h"

enum verdict {
    VERDICT_PASSED,
    VERDICT_FAILED,
    VERDICT_CRASHED,
    VERDICT_EXITED,
    VERDICT_TIMED_OUT,
    VERDICT_LEFT_PROCESS,
    VERDICT_NOT_LOADED,
    VERDICT_FLOODED,
    VERDICT_SANITIZER,
};

struct failure {
    char *file;  // "" where a failure has no place in a file
    uint32_t line;
    char *message;
};

enum { NO_NUMBER = -1 };

struct result {
    const char *suite;  // borrowed from the test module
    const char *test;
    enum verdict verdict;
    uint32_t checks;
    struct failure *failures;
    size_t failures_count;
    int signal;     // or NO_NUMBER
    int exit_code;  // or NO_NUMBER
    struct buffer message;
    struct buffer output;
    double seconds;
};

void result_clear(struct result *result);

// "passed", "failed" ...: as docs/runner.md lists them.
const char *verdict_name(enum verdict verdict);

#endif
