// The process of one test: shuts itself off from the runner, loads the code
// under test, runs the one test, tells the runner.

#ifndef CHILD_H
#define CHILD_H

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>
#include <sys/types.h>

struct child {
    pid_t runner;
    int socket;            // to the runner
    int output;            // becomes stdout and stderr
    int sanitizer_report;  // or -1
    const char *code_path;
    CU_pSuite suite;
    CU_pTest test;
};

// Called right after the fork. Never returns.
_Noreturn void child_main(const struct child *child);

#endif
