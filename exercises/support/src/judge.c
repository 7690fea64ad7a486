#include "judge.h"

#include "fault.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

// Reads the record into the result. False if it is none that can be believed.
static bool take_record(const struct observed *observed, struct result *result)
{
    if (!observed->nonce_sent || observed->record.size < NONCE_SIZE ||
        memcmp(observed->record.bytes, observed->nonce, NONCE_SIZE) != 0) {
        return false;
    }
    struct reading body = {
        .at = observed->record.bytes + NONCE_SIZE,
        .left = observed->record.size - NONCE_SIZE,
    };
    result->checks = take_number(&body);
    const uint32_t count = take_number(&body);
    if (body.failed || count > body.left) {
        return false;
    }
    result->failures = calloc(count > 0 ? count : 1, sizeof *result->failures);
    if (result->failures == NULL) {
        fault("no memory for the failures of a test");
    }
    for (uint32_t i = 0; i < count && !body.failed; i++) {
        struct failure failure = {.file = take_text(&body)};
        failure.line = take_number(&body);
        failure.message = take_text(&body);
        if (body.failed) {
            free(failure.file);
            free(failure.message);
            return false;
        }
        result->failures[result->failures_count++] = failure;
    }
    return true;
}

static const char *signal_in_words(int number)
{
    switch (number) {
    case SIGSEGV:
        return "it used memory that is not there (a NULL pointer, an index "
               "out of bounds, or a stack that was full)";
    case SIGBUS:
        return "it used memory that cannot be reached";
    case SIGFPE:
        return "it divided an integer by zero";
    case SIGABRT:
        return "it was stopped by abort: a failed assert, damaged memory, or "
               "a wrong use that a library noticed";
    case SIGILL:
        return "it ran into an instruction that is none";
    case SIGPIPE:
        return "it wrote where nobody reads any more";
    case SIGXFSZ:
        return "it wrote a file that is too large";
    default:
        return strsignal(number);
    }
}

static void judge_crash(const struct observed *observed, struct result *result)
{
    result->verdict = VERDICT_CRASHED;
    result->signal = WTERMSIG(observed->wait_status);
    if (observed->words.size == 0) {
        buffer_add_format(&result->message, "The code crashed, signal %d: %s.",
                          result->signal, signal_in_words(result->signal));
    }
}

static void judge_exit(const struct observed *observed, struct result *result)
{
    result->verdict = VERDICT_EXITED;
    result->exit_code = WEXITSTATUS(observed->wait_status);
    buffer_add_format(&result->message,
                      "The whole program ended, with status %d, before the "
                      "test was over: does the code call exit, or close what "
                      "it did not open?",
                      result->exit_code);
}

static void judge_record(const struct observed *observed, struct result *result)
{
    if (observed->came_back) {
        result->verdict = VERDICT_LEFT_PROCESS;
        buffer_add_text(&result->message,
                        "The code called fork, and the new process went on "
                        "with the test: end it with _exit.");
    } else if (observed->left_process) {
        result->verdict = VERDICT_LEFT_PROCESS;
        buffer_add_text(&result->message,
                        "The code started a process and did not wait for it.");
    } else if (result->failures_count > 0) {
        result->verdict = VERDICT_FAILED;
    } else if (result->checks == 0) {
        result->verdict = VERDICT_FAILED;
        buffer_add_text(&result->message,
                        "The test ended without a single check.");
    } else {
        result->verdict = VERDICT_PASSED;
    }
}

static void judge_stopped(const struct observed *observed,
                          double seconds_allowed, struct result *result)
{
    if (observed->flooded) {
        result->verdict = VERDICT_FLOODED;
        buffer_add_text(&result->message,
                        "The code printed more than 4 MiB and was stopped.");
    } else if (observed->timed_out) {
        result->verdict = VERDICT_TIMED_OUT;
        buffer_add_format(&result->message,
                          "Not finished after %g seconds, and stopped: an "
                          "endless loop, or a wait for something that never "
                          "comes?",
                          seconds_allowed);
    } else {
        result->verdict = VERDICT_EXITED;
        buffer_add_text(&result->message,
                        "The code wrote to a descriptor that is not its own, "
                        "and was stopped.");
    }
}

// The dump of the sanitizer's own bookkeeping at the end helps nobody here.
static void take_sanitizer_words(const struct buffer *words,
                                 struct result *result)
{
    const char *report = buffer_text(words);
    const char *dump = strstr(report, "Shadow bytes around");
    buffer_clear(&result->message);
    buffer_add(&result->message, report,
               dump != NULL ? (size_t)(dump - report) : words->size);
}

void judge(struct observed *observed, const struct buffer *sanitizer_words,
           double seconds_allowed, struct result *result)
{
    const int status = observed->wait_status;
    result->signal = NO_NUMBER;
    result->exit_code = NO_NUMBER;
    result->seconds = observed->seconds;
    result->output = observed->output;
    observed->output = (struct buffer){0};
    buffer_add(&result->message, observed->words.bytes, observed->words.size);
    const bool has_record = take_record(observed, result);
    if (observed->flooded || observed->timed_out || observed->nonsense) {
        judge_stopped(observed, seconds_allowed, result);
    } else if (sanitizer_words->size > 0) {
        result->verdict = VERDICT_SANITIZER;
        take_sanitizer_words(sanitizer_words, result);
    } else if (observed->not_loaded) {
        result->verdict = VERDICT_NOT_LOADED;
    } else if (observed->deadlocked) {
        result->verdict = VERDICT_FAILED;
    } else if (WIFSIGNALED(status)) {
        judge_crash(observed, result);
    } else if (!has_record || WEXITSTATUS(status) != 0) {
        judge_exit(observed, result);
    } else {
        judge_record(observed, result);
    }
}
