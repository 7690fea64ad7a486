// What a process pool leaves behind when it ends, or when its program does:
// no process, no descriptor, and all output once.

#define _GNU_SOURCE  // pipe2, PR_SET_CHILD_SUBREAPER

#include <cfutures.h>

#include "process_support.h"
#include "support.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// ----- processes -----

static void a_closed_pool_leaves_no_process(void)
{
    pid_t pids[2] = {0, 0};
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        pids[0] = (pid_t)int_of(pool, own_pid);
        pids[1] = (pid_t)int_of(pool, parent_pid);
        CU_ASSERT_EQUAL(kill(pids[0], 0), 0);
        CU_ASSERT_EQUAL(kill(pids[1], 0), 0);
    }
    CU_ASSERT(kill(pids[0], 0) == -1 && errno == ESRCH);
    CU_ASSERT(kill(pids[1], 0) == -1 && errno == ESRCH);
    CU_ASSERT(waitpid(-1, NULL, 0) == -1 && errno == ECHILD);
}

static int report_to;  // the pipe's end to write to

static cf_value report_and_stay(cf_value unused)
{
    (void)unused;
    const pid_t pids[2] = {getpid(), getppid()};
    const bool is_told =
        write(report_to, pids, sizeof pids) == (ssize_t)sizeof pids;
    while (is_told && pause() != 0) {
    }
    return cf_none();
}

// A program whose workers are in the middle of something.
_Noreturn static void be_busy(void)
{
    cf_executor *pool = cf_process_pool(.max_workers = 2);
    cf_submit(pool, report_and_stay, 0);
    cf_submit(pool, report_and_stay, 0);
    while (pause() != 0) {
    }
    _exit(0);
}

static void await_orphan(pid_t pid)
{
    pid_t ended = -1;
    while (ended < 0 && kill(pid, 0) == 0) {
        ended = waitpid(pid, NULL, 0);  // fails as long as it is not ours
    }
    CU_ASSERT_EQUAL(ended, pid);
}

// As a subreaper, this process becomes the parent of all orphans, and can wait
// for them; nothing here depends on the clock.
static void check_no_orphans(bool of_zygote)
{
    int ends[2];
    pid_t pids[2][2];
    CU_ASSERT_FATAL(pipe2(ends, O_CLOEXEC) == 0);
    report_to = ends[1];
    fflush(NULL);
    const pid_t program = fork();
    if (program == 0) {
        be_busy();
    }
    close(ends[1]);
    for (int i = 0; i < 2; i++) {
        CU_ASSERT_EQUAL_FATAL(read(ends[0], pids[i], sizeof pids[i]),
                              (ssize_t)sizeof pids[i]);
    }
    const pid_t zygote = pids[0][1];
    CU_ASSERT_EQUAL(kill(of_zygote ? zygote : program, SIGKILL), 0);
    if (of_zygote) {
        // Without the program's help.
        await_orphan(pids[0][0]);
        await_orphan(pids[1][0]);
        CU_ASSERT_EQUAL(kill(program, SIGKILL), 0);
    }
    while (waitpid(-1, NULL, 0) > 0) {
    }
    CU_ASSERT_EQUAL(errno, ECHILD);
    CU_ASSERT_EQUAL(kill(zygote, 0), -1);
    CU_ASSERT_EQUAL(kill(pids[0][0], 0), -1);
    CU_ASSERT_EQUAL(kill(pids[1][0], 0), -1);
    close(ends[0]);
}

static void a_program_that_is_killed_leaves_no_orphans(void)
{
    check_no_orphans(false);
}

static void a_zygote_that_is_killed_leaves_no_orphans(void)
{
    check_no_orphans(true);
}

static cf_value hold_everything(cf_value unused)
{
    (void)unused;
    const pid_t stranger = fork();
    if (stranger == 0) {
        while (pause() != 0) {
        }
    }
    return cf_int(stranger);
}

// What a task, or the program, has forked besides keeps nobody alive.
static void strangers_that_live_on_do_not_matter(void)
{
    fflush(NULL);
    const pid_t program = fork();
    if (program == 0) {
        cf_executor *pool = cf_process_pool(.max_workers = 1);
        cf_result(cf_submit(pool, hold_everything, 0));
        // Behind the library's back.
        if (syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) == 0) {
            while (pause() != 0) {
            }
        }
        _exit((int)(int_of(pool, own_pid) > 0));
    }
    // The program and its zygote end, and before that its worker; the two
    // strangers don't.
    CU_ASSERT(waitpid(-1, NULL, 0) > 0);
    CU_ASSERT(waitpid(-1, NULL, 0) > 0);
    CU_ASSERT_EQUAL(waitpid(-1, NULL, WNOHANG), 0);
    signal(SIGTERM, SIG_IGN);
    kill(0, SIGTERM);  // the group's others: the strangers
    while (waitpid(-1, NULL, 0) > 0) {
    }
    signal(SIGTERM, SIG_DFL);
}

// ----- descriptors -----

static int64_t count_descriptors(const char *process)
{
    char path[64];
    int64_t count = 0;
    snprintf(path, sizeof path, "/proc/%s/fd", process);
    DIR *list = opendir(path);
    if (list == NULL) {
        return -1;
    }
    const struct dirent *entry;
    while ((entry = readdir(list)) != NULL) {
        count += entry->d_name[0] != '.';
    }
    closedir(list);
    return strcmp(process, "self") == 0 ? count - 1 : count;
}

static cf_value own_descriptors(cf_value unused)
{
    (void)unused;
    return cf_int(count_descriptors("self"));
}

static cf_value zygotes_descriptors(cf_value unused)
{
    (void)unused;
    char pid[16];
    snprintf(pid, sizeof pid, "%d", (int)getppid());
    return cf_int(count_descriptors(pid));
}

static cf_value descriptors_after_exec(cf_value unused)
{
    (void)unused;
    FILE *list = popen("ls /proc/self/fd | wc -l", "r");
    long count = 0;
    const bool is_read = list != NULL && fscanf(list, "%ld", &count) == 1;
    if (list != NULL) {
        pclose(list);
    }
    return cf_int(is_read ? count : -1);
}

static void descriptors_are_closed_where_they_do_not_belong(void)
{
    const int64_t before = count_descriptors("self");
    const int64_t in_a_program = cf_as_int(descriptors_after_exec(cf_none()));
    cf_with (first, cf_process_pool(.max_workers = 2)) {
        cf_future *futures[4];
        for (int i = 0; i < 4; i++) {
            futures[i] = cf_submit(first, itself, i);
        }
        cf_wait(futures, 4, CF_ALL_COMPLETED, CF_FOREVER);
        cf_with (second, cf_process_pool(.max_workers = 1)) {
            // Two to wake and to be woken.
            CU_ASSERT_EQUAL(int_of(second, own_descriptors), before + 2);
            CU_ASSERT_EQUAL(int_of(second, descriptors_after_exec),
                            in_a_program);
            // The socket, the parent's, and one to tell of the worker's end.
            CU_ASSERT_EQUAL(int_of(second, zygotes_descriptors), before + 3);
        }
    }
    CU_ASSERT_EQUAL(count_descriptors("self"), before);
}

static void deaths_leave_no_descriptors(void)
{
    const int64_t before = count_descriptors("self");
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        for (int i = 0; i < 20; i++) {
            kill((pid_t)int_of(pool, own_pid), SIGKILL);
        }
        CU_ASSERT_EQUAL(int_of(pool, own_descriptors), before + 2);
        CU_ASSERT_EQUAL(int_of(pool, zygotes_descriptors), before + 3);
        CU_ASSERT_EQUAL(count_descriptors("self"), before + 3);
    }
    CU_ASSERT_EQUAL(count_descriptors("self"), before);
}

// ----- output -----

static cf_value print(cf_value number)
{
    printf("task %lld\n", (long long)cf_as_int(number));
    return cf_none();
}

static cf_value print_and_exit(cf_value unused)
{
    (void)unused;
    printf("last words\n");
    exit(1);
}

static void print_in_many_ways(void)
{
    printf("before\n");
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        printf("inside\n");
        fflush(stdout);
        for (int i = 0; i < 3; i++) {
            cf_result(cf_submit(pool, print, i));
            printf("result %d\n", i);
            fflush(stdout);
        }
        cf_result(cf_submit(pool, print_and_exit, 0));
        printf("after\n");
    }
}

static void output_comes_once_and_in_order(void)
{
    char name[] = "output-test-XXXXXX";
    const int file = mkstemp(name);
    CU_ASSERT_FATAL(file >= 0);
    unlink(name);
    fflush(NULL);
    const pid_t pid = fork();
    if (pid == 0) {
        dup2(file, STDOUT_FILENO);
        static char buffer[BUFSIZ];  // CUnit has taken it away
        setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
        print_in_many_ways();
        exit(0);
    }
    waitpid(pid, NULL, 0);
    char text[4096] = "";
    CU_ASSERT(pread(file, text, sizeof text - 1, 0) >= 0);
    close(file);
    CU_ASSERT_STRING_EQUAL(text, "before\ninside\ntask 0\nresult 0\ntask 1\n"
                                 "result 1\ntask 2\nresult 2\nlast words\n"
                                 "after\n");
}

// ----- signals -----

static volatile sig_atomic_t interrupts;

static void count_interrupt(int number)
{
    (void)number;
    interrupts++;
}

static cf_value interrupt_oneself(cf_value unused)
{
    (void)unused;
    raise(SIGINT);  // as the terminal does
    return cf_int(interrupts);
}

static void an_interrupt_is_for_the_program_alone(void)
{
    signal(SIGINT, count_interrupt);
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        CU_ASSERT_EQUAL(int_of(pool, interrupt_oneself), 0);
        kill((pid_t)int_of(pool, parent_pid), SIGINT);
        CU_ASSERT_EQUAL(int_of(pool, interrupt_oneself), 0);
    }
    CU_ASSERT_EQUAL(interrupts, 0);
    signal(SIGINT, SIG_DFL);
}

static void a_program_may_ignore_its_children(void)
{
    signal(SIGCHLD, SIG_IGN);
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        kill((pid_t)int_of(pool, own_pid), SIGKILL);
        CU_ASSERT_NOT_EQUAL(int_of(pool, own_pid), getpid());
    }
    signal(SIGCHLD, SIG_DFL);
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        CU_ASSERT_EQUAL(kill((pid_t)int_of(pool, parent_pid), SIGKILL), 0);
        CU_ASSERT(waitpid(-1, NULL, 0) > 0);  // before the pool does
    }
}

static int become_subreaper(void)
{
    return prctl(PR_SET_CHILD_SUBREAPER, 1) != 0 || setpgid(0, 0) != 0;
}

static CU_TestInfo processes[] = {
    TEST(a_closed_pool_leaves_no_process),
    TEST(a_program_that_is_killed_leaves_no_orphans),
    TEST(a_zygote_that_is_killed_leaves_no_orphans),
    TEST(strangers_that_live_on_do_not_matter),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo descriptors[] = {
    TEST(descriptors_are_closed_where_they_do_not_belong),
    TEST(deaths_leave_no_descriptors),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo output[] = {
    TEST(output_comes_once_and_in_order),
    TEST(an_interrupt_is_for_the_program_alone),
    TEST(a_program_may_ignore_its_children),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    {"processes", become_subreaper, NULL, support_set_up, support_tear_down,
     processes},
    SUITE("descriptors", descriptors),
    SUITE("output and signals", output),
    CU_SUITE_INFO_NULL,
};
