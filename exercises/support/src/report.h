// What the runner says of each test: text for people, or lines of JSON for the
// grader, as docs/runner.md describes them.

#ifndef REPORT_H
#define REPORT_H

#include "result.h"

struct report {
    int descriptor;  // for JSON; or -1: text on standard output
    size_t tests;    // told so far
    size_t passed;   // of these
};

// A report that cannot be written is a fault of the runner's.
void report_result(struct report *report, const struct result *result);
void report_end(struct report *report);

#endif
