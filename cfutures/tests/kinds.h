// What is the same for pools of threads and pools of processes is tested by one
// source, in two suites; how the pool is made is all that differs.

#ifndef KINDS_H
#define KINDS_H

#include <cfutures.h>

#include "support.h"

// What a test asks of its pool.
struct wishes {
    int workers;
    size_t max_pending;
    enum cf_when_full when_full;
    cf_task initializer;
    cf_value initializer_arg;
};

// Of the kind that the suite is about.
cf_executor *make_pool_with(struct wishes wishes);
cf_executor *make_pool(int workers);

// The two suites of a file.
// clang-format off
#define SUITES_FOR_BOTH_KINDS(tests)                                      \
    {"threads", use_threads, NULL, set_up_for_both, support_tear_down, tests}, \
    {"processes", use_processes, NULL, set_up_for_both, support_tear_down, \
     tests}
// clang-format on

int use_threads(void);
int use_processes(void);
void set_up_for_both(void);

// ----- tasks -----

cf_value shout(cf_value text);      // adds an exclamation mark
cf_value divide(cf_value divisor);  // 100 by it; by 0 it fails, with a cause

// A gate that tasks in other processes come to as well. Closed at first.
cf_value pass(cf_value number);   // waits at it, and returns its argument
void arrive(void);                // counts as having come
void await_arrived(int arrived);  // so many have come
int arrived(void);
void open_the_gate(void);

#endif
