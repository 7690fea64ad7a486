// Test hooks: what a test, and so the grader, may ask of cfutures that a
// program may not. They tell waiting from spinning, and a stuck program from a
// slow one, without a clock.
//
// Off until cf_test_begin; then every submit, start, finish, park and poll is
// counted under one lock, so that a snapshot is of one moment. For one test at
// a time: the counts belong to the whole process.

#ifndef CFUTURES_TESTING_H
#define CFUTURES_TESTING_H

#include <stdbool.h>
#include <stddef.h>

struct cf_test_snapshot {
    size_t executors_opened; // created, since cf_test_begin
    size_t executors_open;   // of these: not closed yet
    size_t submitted;        // tasks, since cf_test_begin; refused ones, too
    size_t finished;         // of these: done, well or badly
    size_t startable;        // not started, and their pool has a free thread
                             // for them: they will run by themselves, now or,
                             // after cf_after, when their time has come
    size_t workers_busy;     // worker threads inside a task
    size_t callers_blocked;  // threads, workers included, that wait without a
                             // time limit (cf_result, cf_exception, shutdown,
                             // close) for something that has not happened yet;
                             // from the moment it happens they don't count,
                             // even before they have woken. A task that waits
                             // for one of its own pool that starts later
                             // (cf_after) doesn't count: it will run that one
    size_t polls;            // state queries of an unfinished future, and
                             // waits of no time for one
};

// Starts counting from zero. Call while no executor is open. `changed` (may
// be NULL) is called with `context` after each change of a snapshot that can
// only make progress rarer (a park, a poll, a finish) or more likely (a
// submit, a start), on the thread that made it, with no lock of the library
// held. It must not block for long.
void cf_test_begin(void (*changed)(void *context), void *context);

// Stops counting. Until the executors are closed, a call of `changed` may still
// be under way: close them first, or keep its context alive.
void cf_test_end(void);

// All counts, as of one moment between begin and end.
void cf_test_snapshot(struct cf_test_snapshot *snapshot);

// True on a thread of the library that is running a task.
bool cf_test_in_task(void);

#endif
