// What a test of this workbook is written with. A test_NAME.c beside an
// exercise includes the exercise's header and this file, and defines its CUnit
// suites as data:
//
//     #include "greeter.h"
//     #include "wb_test.h"
//
//     static void one_name_gets_one_greeting(void)
//     {
//         ...
//         WB_EQUAL_STR(greeting, "Hello, Ada!");
//     }
//
//     static CU_TestInfo greeter_tests[] = {
//         {"one_name_gets_one_greeting", one_name_gets_one_greeting},
//         CU_TEST_INFO_NULL,
//     };
//
//     CU_SuiteInfo wb_suites[] = {
//         {"greeter", NULL, NULL, NULL, NULL, greeter_tests},
//         CU_SUITE_INFO_NULL,
//     };
//
// There is no main: the runner (wb_runner) loads this file and runs each test
// in a process of its own, into which the learner's code is loaded first.
// CUnit's own CU_ASSERT macros work too; the ones below say what they got.
// Check only on the test's own thread, and let tasks return results: a check on
// another thread fails the test and says so.

#ifndef WB_TEST_H
#define WB_TEST_H

#include <CUnit/CUnit.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Defined by each test_NAME.c.
extern CU_SuiteInfo wb_suites[];

// ---------------------------------------------------------------------------
// Checks
// ---------------------------------------------------------------------------
// The learner reads the message: say what was done and what was expected, in
// the words of the exercise. A failed check ends the test.

// WB_CHECK(pools == 0, "after greet_all returned, %d pools were open", pools);
#define WB_CHECK(condition, ...) \
    wb_check((condition), __FILE__, __LINE__, __VA_ARGS__)

#define WB_EQUAL_INT(got, expected) \
    wb_equal_int((got), (expected), #got, __FILE__, __LINE__)
#define WB_EQUAL_STR(got, expected) \
    wb_equal_str((got), (expected), #got, __FILE__, __LINE__)

// No executor that was opened in this test is still open.
#define WB_ALL_POOLS_CLOSED() wb_all_pools_closed(__FILE__, __LINE__)

// Where the code under test calls a function that the test brings: WB_CALLER
// in that function is the place, and wb_at makes ", at greeter.c:12" of it for
// a message, or "" where that can't be told. The text is good until the next
// call.
//
//     WB_CHECK(is_right, "You said \"%s\"%s; ...", said, wb_at(said_by));
#define WB_CALLER __builtin_return_address(0)
const char *wb_at(const void *caller);

// Where the order of what is said matters, wb_hear notes a line and who called,
// and WB_HEARD compares all of them: "  HOW: TEXT\n" each, "" for nothing.
// `who` is the function that should have said so.
//
//     void say(const char *text)
//     {
//         wb_hear("say", text, WB_CALLER);
//     }
//
//     WB_HEARD("visit_all", "  say: Hello, Ada!\n");
void wb_hear(const char *how, const char *text, const void *caller);
#define WB_HEARD(who, expected) wb_heard((who), (expected), __FILE__, __LINE__)

// ---------------------------------------------------------------------------
// The gate: are N of them in flight at once?
// ---------------------------------------------------------------------------
// A gate stands in for slow work. Whoever enters stays inside until `needed`
// are inside at once; then the gate opens, for good. If that can never happen
// it gives up at once and lets everybody go: when everyone who could still
// bring somebody is inside, or blocked, or only asks "done yet?" again and
// again. No clock decides. Both cfutures' tasks and threads made with
// pthread_create (or thrd_create) are seen, and who waits in cf_result, in
// pthread_join, for a mutex, a condition variable or a semaphore counts as
// blocked. While somebody is inside, a sleep that everybody else waits for is
// cut short. docs/runner.md has the whole rule.
//
// Without a gate, a test in which everybody waits for somebody else fails at
// once as a deadlock.
//
//     static struct wb_gate gate;
//
//     cf_value greet_slowly(cf_value name)        // the exercise's slow part
//     {
//         wb_gate_enter(&gate);
//         return cf_format("Hello, %s!", cf_as_str(name));
//     }
//
//     static void all_names_are_greeted_at_once(void)
//     {
//         wb_gate_init(&gate, 5);
//         greet_all(...);
//         WB_OPENED(&gate, "greetings");
//     }

enum wb_gate_state {
    WB_GATE_CLOSED,    // waiting for more
    WB_GATE_OPENED,    // `needed` were inside at once
    WB_GATE_STUCK,     // gave up: nobody else could come
    WB_GATE_SPINNING,  // gave up: somebody asked "done yet?" WB_MANY_POLLS
                       // times with no change
};

enum { WB_MANY_POLLS = 1000 };

struct wb_gate {
    size_t needed;
    size_t inside;       // now
    size_t most_inside;  // at any one time
    enum wb_gate_state state;
    const char *why;  // it gave up, as part of a sentence; else NULL
    int meeting;      // its number, under the explorer
};  // guarded by the lock of world.c; read it when the tasks have ended

// Makes a gate for `needed` at once. A test may use several, one after
// another or at a time.
void wb_gate_init(struct wb_gate *gate, size_t needed);

// Blocks as described above. Returns whether the gate opened properly. On an
// already opened (or given up) gate: returns at once.
bool wb_gate_enter(struct wb_gate *gate);

// Fails the test unless the gate opened; the message says how many `things`
// were in flight at most, and what the others waited for.
#define WB_OPENED(gate, things) wb_opened((gate), (things), __FILE__, __LINE__)

// Fails the test if more than `most` were ever inside at once, or nobody was:
// the work must not overlap (a lock has to keep the others out). Make the gate
// for more than `most`, so that it waits for those who should not come.
#define WB_NEVER_MORE_THAN(most, gate, things) \
    wb_never_more_than((most), (gate), (things), __FILE__, __LINE__)

// ---------------------------------------------------------------------------
// Slow work: who is at it, and for how long?
// ---------------------------------------------------------------------------
// In a test that a check names under `clock`, this takes so many seconds of
// virtual time, exactly and at no cost, and the learner's timeline has a line
// for it under the name that is given like a printf. In all other runs it takes
// no time.
//
//     cf_value greet_slowly(cf_value name)
//     {
//         wb_work(1.0, "greeting %s", cf_as_str(name));
//         ...
//     }

void wb_work(double seconds, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// ---------------------------------------------------------------------------
// Threads that the code under test makes (pthread_create, thrd_create)
// ---------------------------------------------------------------------------

// Lets it make so many more: after that, pthread_create returns EAGAIN.
void wb_allow_threads(size_t more);

// How many it has made so far.
size_t wb_threads_created(void);

// How often the calling thread has given a mutex back so far. Asked twice, it
// tells whether a lock was held from the one place to the other, whichever
// thread would have come between.
size_t wb_unlocks(void);

// ---------------------------------------------------------------------------
// What the macros call
// ---------------------------------------------------------------------------
void wb_check(bool holds, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void wb_equal_int(int64_t got, int64_t expected, const char *expression,
                  const char *file, int line);
void wb_equal_str(const char *got, const char *expected, const char *expression,
                  const char *file, int line);
void wb_all_pools_closed(const char *file, int line);
void wb_heard(const char *who, const char *expected, const char *file,
              int line);
void wb_opened(const struct wb_gate *gate, const char *things, const char *file,
               int line);
void wb_never_more_than(size_t most, const struct wb_gate *gate,
                        const char *things, const char *file, int line);

#endif
