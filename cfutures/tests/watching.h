// Looking at the test hooks' snapshots: at each one of a test, or until a
// certain one is there.

#ifndef WATCHING_H
#define WATCHING_H

#include <cfutures_testing.h>
#include <stdbool.h>
#include <stddef.h>

// As cf_test_begin and cf_test_end. Between them each change of a snapshot is
// looked at; at the end the test fails if one was wrong (NULL: none is), or if
// there was none.
void watch_begin(bool (*is_wrong)(const struct cf_test_snapshot *now));
void watch_end(void);

struct cf_test_snapshot snapshot(void);

// Wait until so many are blocked, or busy.
void await_blocked(size_t callers);
void await_busy(size_t workers);

#endif
