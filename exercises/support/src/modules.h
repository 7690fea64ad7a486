// The two modules of a test, loaded into the test's own process only: the
// tests, and the code under test.

#ifndef MODULES_H
#define MODULES_H

#include "buffer.h"

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>

// Loads both and registers the suites with CUnit. False, with `why` in words
// for the author of the code, if they do not fit together.
bool modules_load(const char *tests_path, const char *code_path,
                  struct buffer *why);

// Is the address inside the code under test?
bool modules_is_in_code(uintptr_t address);

#endif
