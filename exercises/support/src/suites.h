// The two modules: the tests, loaded into the runner and registered with
// CUnit, and the code under test, loaded only into a test's own process.

#ifndef SUITES_H
#define SUITES_H

#include "buffer.h"

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>

// Loads the module of tests and registers its wb_suites. False, with `why`,
// if it is none.
bool suites_load(const char *tests_path, struct buffer *why);

// Loads the code under test. False, with `why` in words for its author, if it
// cannot be loaded, or lacks a function that the tests call.
bool suites_load_code(const char *code_path, struct buffer *why);

// Where the code under test lies in memory. False before it is loaded.
bool suites_code_range(uintptr_t *from, uintptr_t *to);

#endif
