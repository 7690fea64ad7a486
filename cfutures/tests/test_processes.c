// Chapter 3 of the header: pools at the end of the program, and in a child that
// was forked.

#include <cfutures.h>

#include "support.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_THREAD__)
#define THREAD_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define THREAD_SANITIZER 1
#endif
#endif

// The exit status of a child that runs `child`; -1 if it was ended by a signal.
static int status_of(int (*child)(void *context), void *context)
{
    fflush(NULL);
    const pid_t pid = fork();
    CU_ASSERT_FATAL(pid >= 0);
    if (pid == 0) {
        _exit(child(context));
    }
    int status = 0;
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// ----- fork -----

struct parent {
    cf_executor *pool;
    cf_future *done;
    cf_future *kept;
    cf_future *running;
    cf_future *queued;
};

// Returns the number of the first thing that is wrong, or 0.
static int use_inherited_pool(void *context)
{
    struct parent *parent = context;
    cf_future *late = cf_submit(parent->pool, itself, cf_format("lost"));
    if (code_of(late) != CF_EFORKED || !cf_done(late)) {
        return 1;
    }
    if (cf_as_int(cf_result(parent->done)) != 5) {
        return 2;
    }
    if (code_of(parent->running) != CF_EFORKED ||
        code_of(parent->queued) != CF_EFORKED) {
        return 3;
    }
    const cf_value timed = cf_result_within(parent->queued, 1e6);
    if (!cf_failed(timed) || cf_as_error(timed)->code != CF_EFORKED) {
        return 4;
    }
    if (cf_cancel(parent->queued) || cf_stop(parent->running)) {
        return 5;
    }
    cf_future *both[] = {parent->running, parent->queued};
    if (cf_wait(both, 2, CF_ALL_COMPLETED, CF_FOREVER) != 2) {
        return 6;
    }
    if (cf_execute(parent->pool, itself, 1)) {
        return 7;
    }
    if (code_of(cf_then(parent->done, itself)) != CF_EFORKED ||
        code_of(cf_promise(parent->pool)) != CF_EFORKED) {
        return 10;
    }
    cf_release(late);
    cf_release(parent->queued);
    cf_shutdown(parent->pool, CF_WAIT | CF_CANCEL_PENDING);
    cf_close(parent->pool);
    if (!cf_close_within(parent->pool, 0)) {
        return 8;
    }
    if (cf_as_int(cf_result(parent->kept)) != 6) {
        return 9;
    }
    cf_release(parent->kept);
    return 0;
}

static void say_nothing(const char *report)
{
    (void)report;
}

static void a_child_finds_its_parents_pools_inert(void)
{
    struct gate gate = GATE_CLOSED;
    cf_on_log(say_nothing);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        struct parent parent = {
            .pool = pool,
            .done = cf_submit(pool, itself, 5),
            .kept = cf_keep(cf_submit(pool, itself, 6)),
        };
        cf_result(parent.kept);
        parent.running = cf_submit(pool, pass_gate, cf_ptr(&gate));
        parent.queued = cf_submit(pool, itself, 7);
        gate_await(&gate, 1);
        CU_ASSERT_EQUAL(status_of(use_inherited_pool, &parent), 0);
        gate_open(&gate);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(parent.queued)), 7);
        cf_release(parent.kept);
    }
    cf_on_log(NULL);
}

static cf_value keep_busy(cf_value unused)
{
    (void)unused;
    return cf_format("%s", "busy");
}

static int submit_only(void *pool)
{
    return code_of(cf_submit(pool, itself, 1)) == CF_EFORKED ? 0 : 1;
}

// Whatever locks its threads hold at that moment.
static void forking_while_a_pool_works_hangs_no_child(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 4)) {
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 50; j++) {
                cf_release(cf_submit(pool, keep_busy, j));
            }
            CU_ASSERT_EQUAL(status_of(submit_only, pool), 0);
        }
    }
}

#ifndef THREAD_SANITIZER  // it allows no threads in such a child
static int use_own_pool(void *unused)
{
    (void)unused;
    int sum = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        sum += (int)cf_as_int(cf_result(cf_submit(pool, itself, 40)));
        sum += (int)cf_as_int(cf_result(cf_after(pool, 0.001, itself, 2)));
    }
    return sum;
}

static void a_child_may_have_pools_of_its_own(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_result(cf_submit(pool, itself, 1));
        CU_ASSERT_EQUAL(status_of(use_own_pool, NULL), 42);
    }
    CU_ASSERT_EQUAL(status_of(use_own_pool, NULL), 42);
}

static cf_value fork_here(cf_value context)
{
    const pid_t pid = fork();
    if (pid == 0) {
        cf_executor *pool = cf_as_ptr(context);
        const int code = code_of(cf_submit(pool, itself, 1));
        _exit(code == CF_EFORKED ? use_own_pool(NULL) : 1);
    }
    int status = 0;
    waitpid(pid, &status, 0);
    return cf_int(WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

static void a_task_may_fork(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *future = cf_submit(pool, fork_here, cf_ptr(pool));
        CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 42);
    }
}
#endif

// ----- the end of the program -----

// What the child printed, its exit status in *status.
static char *output_of_exit(void (*child)(void), int *status)
{
    char name[] = "exit-test-XXXXXX";
    const int file = mkstemp(name);
    CU_ASSERT_FATAL(file >= 0);
    unlink(name);
    fflush(NULL);
    const pid_t pid = fork();
    if (pid == 0) {
        dup2(file, STDOUT_FILENO);
        dup2(file, STDERR_FILENO);
        child();
        exit(0);
    }
    waitpid(pid, status, 0);
    char *text = calloc(1, 4096);
    CU_ASSERT(pread(file, text, 4095, 0) >= 0);
    close(file);
    return text;
}

static cf_value print_line(cf_value number)
{
    char line[32];
    const int length = snprintf(line, sizeof line, "task %lld\n",
                                (long long)cf_as_int(number));
    return cf_int(write(STDOUT_FILENO, line, (size_t)length));
}

static void leave_a_pool_open(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 1);
    for (int i = 0; i < 20; i++) {
        cf_submit(pool, print_line, i);
    }
}

static void the_end_of_the_program_waits_for_open_pools(void)
{
    int status = -1;
    char *text = output_of_exit(leave_a_pool_open, &status);
    CU_ASSERT_EQUAL(status, 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "task 0\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "task 19\n"));
    free(text);
}

static struct gate never = GATE_CLOSED;

static void leave_a_task_running(void)
{
    cf_exit_grace(0.01);
    cf_executor *pool = cf_thread_pool(.max_workers = 1);
    cf_submit(pool, pass_gate, cf_ptr(&never));
    gate_await(&never, 1);
}

static void it_does_not_wait_for_ever(void)
{
    int status = -1;
    char *text = output_of_exit(leave_a_task_running, &status);
    CU_ASSERT_EQUAL(status, 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "exit: the time was over"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "  pass_gate, submitted at"));
    free(text);
}

static void leave_at_once(void)
{
    leave_a_task_running();
    cf_exit_grace(0);
}

static void it_need_not_wait_at_all(void)
{
    int status = -1;
    char *text = output_of_exit(leave_at_once, &status);
    CU_ASSERT_EQUAL(status, 0);
    CU_ASSERT_STRING_EQUAL(text, "");
    free(text);
}

static cf_value leave_the_program(cf_value unused)
{
    (void)unused;
    exit(7);
}

static void exit_in_a_task(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 1);
    cf_result(cf_submit(pool, leave_the_program, cf_none()));
}

static void a_task_that_calls_exit_does_not_wait_for_itself(void)
{
    int status = -1;
    free(output_of_exit(exit_in_a_task, &status));
    CU_ASSERT_TRUE(WIFEXITED(status));
    CU_ASSERT_EQUAL(WEXITSTATUS(status), 7);
}

static cf_value nothing_to_do(cf_value arg)
{
    return arg;
}

// Submits until that is refused, which only the end of the program does here.
static cf_value submit_until_refused(cf_value pool)
{
    const cf_error *refused = NULL;
    while (refused == NULL) {
        cf_future *future = cf_submit(cf_as_ptr(pool), nothing_to_do, 1);
        refused = cf_exception(future);
        if (refused == NULL) {
            cf_release(future);
        }
    }
    const bool is_shut_down = refused->code == CF_ESHUTDOWN;
    return cf_int(printf("%s\n", is_shut_down ? "shut down" : "?"));
}

static void leave_one_that_submits(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_submit(pool, submit_until_refused, cf_ptr(pool));
}

static void submitting_while_the_program_ends_is_an_error(void)
{
    int status = -1;
    char *text = output_of_exit(leave_one_that_submits, &status);
    CU_ASSERT_EQUAL(status, 0);
    CU_ASSERT_STRING_EQUAL(text, "shut down\n");
    free(text);
}

static CU_TestInfo forking[] = {
    TEST(a_child_finds_its_parents_pools_inert),
    TEST(forking_while_a_pool_works_hangs_no_child),
#ifndef THREAD_SANITIZER
    TEST(a_child_may_have_pools_of_its_own),
    TEST(a_task_may_fork),
#endif
    CU_TEST_INFO_NULL,
};

static CU_TestInfo ending[] = {
    TEST(the_end_of_the_program_waits_for_open_pools),
    TEST(it_does_not_wait_for_ever),
    TEST(it_need_not_wait_at_all),
    TEST(a_task_that_calls_exit_does_not_wait_for_itself),
    TEST(submitting_while_the_program_ends_is_an_error),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("fork", forking),
    SUITE("the end of the program", ending),
    CU_SUITE_INFO_NULL,
};
