// The test runner inside of an explored program: runs one test of an exercise
// in each schedule. docs/runner.md says how it fits in.
//
//     program TEST            slow work takes no time, so that every order of
//                             the steps is possible
//     program --clock TEST    slow work takes virtual time
//
// Linked with the test and the code under test; the explorer calls main (here
// by the name that it gives to it) once for each schedule, and takes all memory
// back afterwards. Descriptors, processes and CUnit's own runner are not here.

#include "checks.h"
#include "wb_test.h"
#include "work.h"

#include <cfutures.h>
#include <cfutures_testing.h>
#include <explorer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_WRONG_USE = 2 };

// What CUnit's assertions, and with them all checks of wb_test.h, call.
CU_BOOL CU_assertImplementation(CU_BOOL holds, unsigned line,
                                const char *condition, const char *file,
                                const char *function, CU_BOOL is_fatal)
{
    (void)line, (void)file, (void)function, (void)is_fatal;
    if (!holds) {
        xp_fail(__builtin_return_address(0), condition);
    }
    return CU_TRUE;
}

// cfutures stops the program on a wrong use; its report says all.
static void fail_with_report(const char *report)
{
    xp_fail(__builtin_return_address(0), report);
}

static void call(CU_SetUpFunc function)
{
    if (function != NULL) {
        function();
    }
}

// With the clock, cfutures counts nothing: the counts' lock would be a change
// at each question "done yet?", and a loop that asks would never be seen to
// spin.
static void run(const CU_SuiteInfo *suite, const CU_TestInfo *test,
                bool by_the_clock)
{
    checks_begin();
    cf_on_stop(fail_with_report);
    if (by_the_clock) {
        work_takes_time();
    } else {
        cf_test_begin(NULL, NULL);
    }
    xp_forbid_end(true);
    call(suite->pSetUpFunc);
    test->pTestFunc();
    call(suite->pTearDownFunc);
    xp_forbid_end(false);
    cf_test_end();
    const struct misuse misuse = checks_misuse();
    if (misuse.file != NULL) {
        xp_fail(NULL, misuse.message);
    }
}

int main(int argc, char **argv)
{
    const char *name = argv[argc - 1];
    const bool by_the_clock = argc > 2 && strcmp(argv[1], "--clock") == 0;
    for (CU_SuiteInfo *suite = wb_suites; suite->pName != NULL; suite++) {
        for (CU_TestInfo *test = suite->pTests; test->pName != NULL; test++) {
            if (strcmp(test->pName, name) == 0) {
                run(suite, test, by_the_clock);
                return EXIT_SUCCESS;
            }
        }
    }
    fprintf(stderr, "There is no test %s.\n", name);
    return EXIT_WRONG_USE;
}
