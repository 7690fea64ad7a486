// Sanitizers need things that some machines do not give: a large address
// space, and ptrace for the search for leaks. So right code is run under them,
// and code with a mistake of each kind, each in a process of its own; what
// comes out is known. Without sanitizers only the right code is run.

#include "probe.h"

#include "fault.h"
#include "sanitizer.h"
#include "sanitizer_flavour.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef HAS_ADDRESS_SANITIZER
#include <sanitizer/lsan_interface.h>
#endif

enum { LIMIT_SECONDS = 60 };

struct trial {
    const char *name;
    void (*run)(void);
    const char *expected;  // in the report; NULL: no report
};

static void *add_one(void *number)
{
    ++*(int *)number;
    return NULL;
}

// Allocates, frees, and uses a second thread.
static void run_right_code(void)
{
    int *number = calloc(1, sizeof *number);
    pthread_t thread;
    if (number == NULL || pthread_create(&thread, NULL, add_one, number) != 0 ||
        pthread_join(thread, NULL) != 0 || *number != 1) {
        abort();
    }
    free(number);
}

#ifdef HAS_ADDRESS_SANITIZER

static void search_leaks(void)
{
    run_right_code();
    if (__lsan_do_recoverable_leak_check() != 0) {
        abort();
    }
}

static char *volatile kept;

static void lose_memory(void)
{
    kept = malloc(12);
    kept = NULL;
    (void)__lsan_do_recoverable_leak_check();
}

// The compiler does not see through it.
static void (*volatile release)(void *) = free;

static void use_after_free(void)
{
    volatile char *block = malloc(12);
    release((void *)block);
    block[0] = 'x';
}

static char *volatile gone;

__attribute__((noinline)) static void point_to_local(void)
{
    char local[12] = "gone";
    gone = local;
}

static void use_after_return(void)
{
    point_to_local();
    gone[0] = 'x';
}

static void overflow_integer(void)
{
    volatile int large = 0x7FFFFFFF;
    large = large + 1;
}

#endif

static const struct trial trials[] = {
    {"right code", run_right_code, NULL},
#ifdef HAS_ADDRESS_SANITIZER
    {"right code, and a search for leaks", search_leaks, NULL},
    {"a leak", lose_memory, "detected memory leaks"},
    {"use after free", use_after_free, "heap-use-after-free"},
    {"use after return", use_after_return, "stack-use-after-return"},
    {"overflow of an int", overflow_integer, "signed integer overflow"},
#endif
};

static int run_in_child(const struct trial *trial, struct buffer *report)
{
    const int file = sanitizer_open_report();
    const pid_t child = fork();
    if (child < 0) {
        fault("no process for the probe: %s", strerror(errno));
    }
    if (child == 0) {
        signal(SIGALRM, SIG_DFL);
        alarm(LIMIT_SECONDS);
        sanitizer_report_to(file);
        trial->run();
        _exit(0);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    sanitizer_read_report(file, report);
    if (file >= 0) {
        close(file);
    }
    return status;
}

static bool works(const struct trial *trial)
{
    struct buffer report = {0};
    const int status = run_in_child(trial, &report);
    const bool as_expected =
        trial->expected != NULL
            ? strstr(buffer_text(&report), trial->expected) != NULL
            : WIFEXITED(status) && WEXITSTATUS(status) == 0 && report.size == 0;
    if (!as_expected) {
        printf("does not work here: %s (wait status %#x)\n%s\n", trial->name,
               (unsigned)status, buffer_text(&report));
    }
    buffer_clear(&report);
    return as_expected;
}

int probe(void)
{
    bool all_work = true;
    for (size_t i = 0; i < sizeof trials / sizeof trials[0]; i++) {
        fflush(stdout);
        all_work &= works(&trials[i]);
    }
    return all_work ? EXIT_ALL_PASSED : EXIT_NOT_ALL;
}
