// Runs one test in a process of its own and judges how that went. The runner's
// side; the other side is child.c.

#ifndef SUPERVISE_H
#define SUPERVISE_H

#include "result.h"
#include "test_list.h"

struct settings {
    double seconds;       // limit of one test
    size_t output_bytes;  // of what it prints, as many are kept
    const char *tests_path;
    const char *code_path;
};

// Fills in `result`, which the caller clears.
void supervise(const struct settings *settings, const struct test_name *test,
               struct result *result);

#endif
