// What the tests of cfutures share: suites as data, counted memory, threads
// that meet, and programs that are expected to stop.
//
// A test file defines `suites` and has no main. After each test, all memory
// that the library asked for must have been given back.

#ifndef SUPPORT_H
#define SUPPORT_H

#include <CUnit/CUnit.h>
#include <cfutures.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

extern CU_SuiteInfo suites[];

// clang-format off
#define TEST(function) {#function, function}
#define SUITE(name, tests) \
    {name, NULL, NULL, support_set_up, support_tear_down, tests}
// clang-format on

void support_set_up(void);
void support_tear_down(void);

// ----- memory and threads, counted; and made to fail -----

// Blocks that the library has now.
size_t blocks_in_use(void);

// The n-th request from now on (memory, or a thread) fails; with `for_ever`,
// all after it, too. 0: none fails.
void fail_request(unsigned n, bool for_ever);

// Has the request that was to fail been made?
bool a_request_failed(void);

// Makes each thread creation fail, or none.
void fail_threads(bool fail);

unsigned threads_created(void);

// ----- a gate: whoever comes waits until it is opened -----

struct gate {
    pthread_mutex_t lock;
    // lock guards:
    pthread_cond_t changed;
    bool is_open;
    int arrived;
};

// clang-format off
#define GATE_CLOSED                                                       \
    {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER}
// clang-format on

void gate_enter(struct gate *gate);
void gate_open(struct gate *gate);
void gate_await(struct gate *gate, int arrived);  // until so many have come

// ----- tasks, and what a test asks of a future -----

cf_value itself(cf_value arg);  // returns what it is given

// Given a gate by cf_ptr: goes through it, or opens it. Returns 1.
cf_value pass_gate(cf_value gate);
cf_value open_gate(cf_value gate);

int code_of(cf_future *future);  // of its error, awaited; 0: it has succeeded

// ----- programs that stop -----

// Runs `misuse` in a child process. Returns what it wrote on stderr (to be
// freed); *signal is what ended it, 0 if it ended by itself.
char *stderr_of_child(void (*misuse)(void), int *signal);

// Checks that the child is ended by abort(), and that its report holds `text`.
#define CHECK_STOPS(misuse, text) check_stops((misuse), (text), __LINE__)
void check_stops(void (*misuse)(void), const char *text, int line);

#endif
