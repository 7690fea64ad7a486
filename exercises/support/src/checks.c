// The checks of wb_test.h. CUnit counts them and keeps the failures, and ends
// a test by a jump out of the failed check. All its state is global and
// belongs to the test's own thread, so that a check made on another thread is
// noted here as misuse instead.

#include "checks.h"

#include "buffer.h"
#include "wb_test.h"

#include <cfutures_testing.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST_SHOWN = 200 };  // of a text, in a message

static pthread_t test_thread;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
// lock guards:
static struct misuse first_misuse;  // file is NULL: none so far

void checks_begin(void)
{
    test_thread = pthread_self();
}

// CUnit keeps a copy of the message.
static void record(bool holds, const char *message, const char *file, int line,
                   bool ends_test)
{
    CU_assertImplementation(holds ? CU_TRUE : CU_FALSE, (unsigned)line, message,
                            file, "", ends_test ? CU_TRUE : CU_FALSE);
}

struct misuse checks_misuse(void)
{
    pthread_mutex_lock(&lock);
    const struct misuse misuse = first_misuse;
    pthread_mutex_unlock(&lock);
    return misuse;
}

// CUnit's own macros, in a test module.
CU_BOOL __wrap_CU_assertImplementation(CU_BOOL holds, unsigned line,
                                       const char *condition, const char *file,
                                       const char *function, CU_BOOL is_fatal);

static bool may_check(const char *file, int line)
{
    if (pthread_equal(pthread_self(), test_thread)) {
        return true;
    }
    pthread_mutex_lock(&lock);
    if (first_misuse.file == NULL) {
        first_misuse = (struct misuse){
            .file = file,
            .line = line,
            .message = "This test is wrong: it makes a check on another "
                       "thread than its own. Let the task return what it "
                       "found, and check that.",
        };
    }
    pthread_mutex_unlock(&lock);
    return false;
}

CU_BOOL __wrap_CU_assertImplementation(CU_BOOL holds, unsigned line,
                                       const char *condition, const char *file,
                                       const char *function, CU_BOOL is_fatal)
{
    if (!may_check(file, (int)line)) {
        return CU_FALSE;
    }
    return CU_assertImplementation(holds, line, condition, file, function,
                                   is_fatal);
}

// Makes the check; on failure the message is put together and the test ends
// by a jump, so that the message has to live where nobody needs to free it.
static void check(bool holds, const char *file, int line, const char *format,
                  va_list arguments)
{
    static char message[4096];
    if (!may_check(file, line)) {
        return;
    }
    if (!holds) {
        vsnprintf(message, sizeof message, format, arguments);
    }
    record(holds, message, file, line, true);
}

void wb_check(bool holds, const char *file, int line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    check(holds, file, line, format, arguments);
    va_end(arguments);
}

void wb_equal_int(int64_t got, int64_t expected, const char *expression,
                  const char *file, int line)
{
    wb_check(got == expected, file, line,
             "%s is %" PRId64 ", but should be %" PRId64, expression, got,
             expected);
}

// A text as a message shows it: in quotes, cut if it is long.
static void quote(const char *text, char *quoted, size_t size)
{
    if (text == NULL) {
        snprintf(quoted, size, "NULL");
        return;
    }
    const bool is_long = strlen(text) > LONGEST_SHOWN;
    snprintf(quoted, size, "\"%.*s\"%s", LONGEST_SHOWN, text,
             is_long ? " (cut)" : "");
}

void wb_equal_str(const char *got, const char *expected, const char *expression,
                  const char *file, int line)
{
    char got_quoted[LONGEST_SHOWN + 16];
    char expected_quoted[LONGEST_SHOWN + 16];
    quote(got, got_quoted, sizeof got_quoted);
    quote(expected, expected_quoted, sizeof expected_quoted);
    const bool same = got == NULL || expected == NULL
                          ? got == expected
                          : strcmp(got, expected) == 0;
    wb_check(same, file, line, "%s is %s, but should be %s", expression,
             got_quoted, expected_quoted);
}

void wb_all_pools_closed(const char *file, int line)
{
    struct cf_test_snapshot snapshot;
    cf_test_snapshot(&snapshot);
    wb_check(snapshot.executors_open == 0, file, line,
             "%zu %s still open at the end: each one needs a cf_close, or a "
             "cf_with around its use",
             snapshot.executors_open,
             snapshot.executors_open == 1 ? "pool is" : "pools are");
}
