#include "child.h"

#include "channel.h"
#include "checks.h"
#include "modules.h"
#include "sanitizer.h"
#include "world.h"

#include <CUnit/TestRun.h>
#include <cfutures.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    OWN_SOCKET = 3,
    OWN_REPORT = 4,
    FIRST_FREE = 5,
    OUT_OF_THE_WAY = 100,
    LONGEST_FILE = 64 << 20,
    STATUS_LINE_CUT = 125,  // seen as `exited`
};

static pid_t own_pid;

_Noreturn static void end_with(enum message_kind kind, const char *text)
{
    channel_send(OWN_SOCKET, kind, text, strlen(text));
    _exit(0);
}

// Puts a descriptor where the rest of this file looks for it. Later, an exec
// by the code under test closes it.
static bool place(int descriptor, int at)
{
    return dup3(descriptor, at, O_CLOEXEC) == at;
}

// Leaves nothing open but /dev/null as stdin, the output, and the lines to the
// runner.
static bool arrange_descriptors(const struct child *child)
{
    const int socket = fcntl(child->socket, F_DUPFD, OUT_OF_THE_WAY);
    const int output = fcntl(child->output, F_DUPFD, OUT_OF_THE_WAY);
    const int report =
        child->sanitizer_report < 0
            ? open("/dev/null", O_RDWR)
            : fcntl(child->sanitizer_report, F_DUPFD, OUT_OF_THE_WAY);
    if (!place(socket, OWN_SOCKET) || !place(report, OWN_REPORT) ||
        dup2(output, STDOUT_FILENO) < 0 || dup2(output, STDERR_FILENO) < 0) {
        return false;
    }
    const int nothing = open("/dev/null", O_RDONLY);
    if (dup2(nothing, STDIN_FILENO) < 0) {
        return false;
    }
    return syscall(SYS_close_range, FIRST_FREE, ~0U, 0) == 0;
}

static bool limit(int resource, rlim_t most)
{
    struct rlimit now;
    if (getrlimit((__rlimit_resource_t)resource, &now) != 0) {
        return false;
    }
    now.rlim_cur = now.rlim_cur < most ? now.rlim_cur : most;
    now.rlim_max = now.rlim_max < most ? now.rlim_max : most;
    return setrlimit((__rlimit_resource_t)resource, &now) == 0;
}

// From here on, nothing that this process does to its group, its descriptors
// or its limits reaches the runner.
static void shut_off(const struct child *child)
{
    const bool arranged = setsid() >= 0 &&
                          prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
                          arrange_descriptors(child) && limit(RLIMIT_CORE, 0) &&
                          limit(RLIMIT_FSIZE, LONGEST_FILE);
    if (!arranged) {
        channel_send(child->socket, MESSAGE_FAULT, "its start failed", 16);
        _exit(STATUS_LINE_CUT);
    }
    if (getppid() != child->runner) {
        _exit(STATUS_LINE_CUT);  // the runner ended before the line above
    }
    signal(SIGPIPE, SIG_DFL);
    setvbuf(stdout, NULL, _IOLBF, 0);  // so that a crash loses little
}

// cfutures stops the program on a wrong use: hand its report to the runner.
static void tell_why_stopped(const char *report)
{
    channel_send(OWN_SOCKET, MESSAGE_WORDS, report, strlen(report));
}

// Called by the thread that found out, while all others are blocked.
static void tell_deadlock(const char *report)
{
    end_with(getpid() == own_pid ? MESSAGE_DEADLOCK : MESSAGE_OTHER_PROCESS,
             report);
}

static void add_failure(struct buffer *record, const char *file, unsigned line,
                        const char *message)
{
    put_text(record, file != NULL ? file : "");
    put_number(record, line);
    put_text(record, message != NULL ? message : "");
}

static void add_failures(struct buffer *record)
{
    const struct misuse misuse = checks_misuse();
    uint32_t count = misuse.file != NULL ? 1 : 0;
    for (const CU_FailureRecord *f = CU_get_failure_list(); f != NULL;
         f = f->pNext) {
        count++;
    }
    put_number(record, count);
    if (misuse.file != NULL) {
        add_failure(record, misuse.file, (unsigned)misuse.line, misuse.message);
    }
    for (const CU_FailureRecord *f = CU_get_failure_list(); f != NULL;
         f = f->pNext) {
        add_failure(record, f->strFileName, f->uiLineNumber, f->strCondition);
    }
}

_Noreturn static void send_record(void)
{
    unsigned char nonce[NONCE_SIZE];
    struct buffer record = {0};
    if (!channel_send(OWN_SOCKET, MESSAGE_DONE, "", 0) ||
        !channel_read_nonce(OWN_SOCKET, nonce)) {
        _exit(STATUS_LINE_CUT);
    }
    buffer_add(&record, nonce, NONCE_SIZE);
    put_number(&record, CU_get_number_of_asserts());
    add_failures(&record);
    if (record.failed) {
        end_with(MESSAGE_FAULT, "no memory for the record");
    }
    channel_send(OWN_SOCKET, MESSAGE_RECORD, record.bytes, record.size);
    _exit(0);
}

static void run_test(const struct test_name *name)
{
    CU_pSuite suite = CU_get_registry()->pSuite;
    for (size_t i = 0; i < name->suite_index; i++) {
        suite = suite->pNext;
    }
    CU_pTest test = suite->pTest;
    for (size_t i = 0; i < name->test_index; i++) {
        test = test->pNext;
    }
    CU_run_test(suite, test);
}

_Noreturn void child_main(const struct child *child)
{
    shut_off(child);
    own_pid = getpid();
    sanitizer_report_to(OWN_REPORT);
    cf_on_stop(tell_why_stopped);
    checks_begin();
    world_begin(tell_deadlock);
    struct buffer why = {0};
    if (!modules_load(child->tests_path, child->code_path, &why)) {
        end_with(MESSAGE_NOT_LOADED, buffer_text(&why));
    }
    run_test(child->test);
    if (getpid() != own_pid) {
        end_with(MESSAGE_OTHER_PROCESS, "");
    }
    world_end();
    fflush(NULL);
    if (CU_get_number_of_failures() == 0 &&
        !sanitizer_check_leaks(OWN_REPORT)) {
        _exit(STATUS_LINE_CUT);
    }
    send_record();
}
