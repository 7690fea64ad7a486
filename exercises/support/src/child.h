// The process of one test: shuts itself off from the runner, loads the
// tests and the code under test, runs the one test, tells the runner.

#ifndef CHILD_H
#define CHILD_H

#include "test_list.h"

#include <sys/types.h>

struct child {
    pid_t runner;
    int socket;            // to the runner
    int output;            // becomes stdout and stderr
    int sanitizer_report;  // or -1
    const char *tests_path;
    const char *code_path;
    const struct test_name *test;
};

// Called right after the fork. Never returns.
_Noreturn void child_main(const struct child *child);

#endif
