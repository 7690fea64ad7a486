// The sanitizers, where the runner is built with one. Without, these functions
// do nothing.
//
// A report goes to a file in memory that the runner made before the fork, so
// that it survives the test's process and cannot be lost in its output.

#ifndef SANITIZER_H
#define SANITIZER_H

#include "buffer.h"

// In the runner: a new file for one test, or -1 without sanitizers.
int sanitizer_open_report(void);

// In the runner, after the test: what the sanitizers wrote.
void sanitizer_read_report(int report, struct buffer *words);

// In the test's process: reports go to this descriptor from now on.
void sanitizer_report_to(int report);

// In the test's process, after a test that passed: what the code under test
// allocated and nobody can reach any more is added to the report. False if
// the report cannot be written.
bool sanitizer_check_leaks(int report);

#endif
