#include "supervise.h"

#include "child.h"
#include "fault.h"
#include "judge.h"
#include "processes.h"
#include "sanitizer.h"
#include "watch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Everything that connects the runner with the process of one test.
struct lines {
    int socket;  // our end
    int childs_socket;
    int output;  // our end
    int childs_output;
    int sanitizer_report;  // or -1: there is no sanitizer
};

// How a report begins that is about the leak sanitizer itself.
static const char leak_sanitizer_broke[] =
    "LeakSanitizer has encountered a fatal error";

static void must(int rc, const char *what)
{
    if (rc < 0) {
        fault("%s: %s", what, strerror(errno));
    }
}

static void open_lines(struct lines *lines)
{
    int pair[2];
    must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair),
         "no socket for a test");
    lines->socket = pair[0];
    lines->childs_socket = pair[1];
    must(pipe2(pair, O_CLOEXEC), "no pipe for a test");
    must(fcntl(pair[0], F_SETFL, O_NONBLOCK), "no pipe for a test");
    lines->output = pair[0];
    lines->childs_output = pair[1];
    lines->sanitizer_report = sanitizer_open_report();
}

static void close_lines(const struct lines *lines)
{
    close(lines->socket);
    close(lines->output);
    if (lines->sanitizer_report >= 0) {
        close(lines->sanitizer_report);
    }
}

static pid_t start(const struct lines *lines, const struct child *child)
{
    const pid_t pid = fork();
    must(pid, "no process for a test");
    if (pid == 0) {
        child_main(child);
    }
    close(lines->childs_socket);
    close(lines->childs_output);
    return pid;
}

// Ends the process if it still runs, and everything that it started.
static void finish(pid_t pid, struct observed *observed)
{
    kill(pid, SIGKILL);
    while (waitpid(pid, &observed->wait_status, 0) < 0) {
        if (errno != EINTR) {
            fault("a test's process cannot be waited for: %s", strerror(errno));
        }
    }
    observed->left_process = processes_end_all();
}

void supervise(const struct settings *settings, const struct test_name *test,
               struct result *result)
{
    struct lines lines;
    open_lines(&lines);
    const struct child child = {
        .runner = getpid(),
        .socket = lines.childs_socket,
        .output = lines.childs_output,
        .sanitizer_report = lines.sanitizer_report,
        .tests_path = settings->tests_path,
        .code_path = settings->code_path,
        .test = test,
    };
    const pid_t pid = start(&lines, &child);
    const int process = (int)syscall(SYS_pidfd_open, pid, 0);
    must(process, "a test's process cannot be watched");
    const struct watched watched = {process, lines.socket, lines.output};
    struct observed observed = {0};
    watch(&watched, settings->seconds, settings->output_bytes, &observed);
    finish(pid, &observed);
    struct buffer sanitizer_words = {0};
    sanitizer_read_report(lines.sanitizer_report, &sanitizer_words);
    if (strstr(buffer_text(&sanitizer_words), leak_sanitizer_broke) != NULL) {
        fault("the leak sanitizer does not work here; see wb_runner --probe");
    }
    result->suite = test->suite;
    result->test = test->test;
    judge(&observed, &sanitizer_words, settings->seconds, result);
    buffer_clear(&sanitizer_words);
    observed_clear(&observed);
    close(process);
    close_lines(&lines);
}
