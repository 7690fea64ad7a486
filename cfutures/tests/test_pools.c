// Chapter 3 of the header: pools, their threads, shutting down and closing.

#define _GNU_SOURCE  // syscall

#include <cfutures.h>

#include "support.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../src/port.h"

static atomic_int runs;

static cf_value count_run(cf_value arg)
{
    runs++;
    return arg;
}

// ----- cf_with -----

static atomic_int tasks_done;

static cf_value note_done(cf_value arg)
{
    tasks_done++;
    return arg;
}

static int leave_by_return(void)
{
    cf_with (pool, cf_thread_pool()) {
        return (int)cf_as_int(cf_result(cf_submit(pool, note_done, 5)));
    }
    return 0;
}

static void leave_by_goto(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_submit(pool, note_done, 5);
        goto out;
    }
out:
    return;
}

static void a_pool_is_closed_however_its_block_is_left(void)
{
    tasks_done = 0;
    CU_ASSERT_EQUAL(leave_by_return(), 5);
    leave_by_goto();
    for (int i = 0; i < 2; i++) {
        cf_with (pool, cf_thread_pool()) {
            cf_submit(pool, note_done, i);
            break;  // leaves the block, not the loop
        }
        cf_with (pool, cf_thread_pool()) {
            cf_submit(pool, note_done, i);
            continue;  // likewise
        }
    }
    CU_ASSERT_EQUAL(tasks_done, 6);
    CU_ASSERT_EQUAL(blocks_in_use(), 0);
}

static void blocks_can_be_nested(void)
{
    cf_with (outer, cf_thread_pool()) {
        cf_with (inner, cf_thread_pool()) {
            CU_ASSERT_PTR_NOT_EQUAL(outer, inner);
        }
        CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_submit(outer, itself, 1))), 1);
    }
}

// ----- threads -----

static void an_unused_pool_has_no_thread(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 8)) {
        (void)pool;
    }
    CU_ASSERT_EQUAL(threads_created(), 0);
}

static void a_free_worker_is_used_before_a_new_one_starts(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 8)) {
        for (int i = 0; i < 1000; i++) {
            cf_result(cf_submit(pool, itself, i));
        }
    }
    CU_ASSERT_EQUAL(threads_created(), 1);
}

static void a_pool_of_n_runs_n_tasks_at_once(void)
{
    for (int n = 1; n <= 16; n++) {
        struct gate gate = GATE_CLOSED;
        support_set_up();
        cf_with (pool, cf_thread_pool(.max_workers = n)) {
            for (int i = 0; i < n; i++) {
                cf_submit(pool, pass_gate, cf_ptr(&gate));
            }
            gate_await(&gate, n);
            gate_open(&gate);
        }
        CU_ASSERT_EQUAL(threads_created(), (unsigned)n);
    }
}

static void a_pool_never_has_more_threads_than_it_may(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 3)) {
        for (int i = 0; i < 45; i++) {
            cf_submit(pool, pass_gate, cf_ptr(&gate));
        }
        gate_await(&gate, 3);
        gate_open(&gate);
    }
    CU_ASSERT_EQUAL(threads_created(), 3);
    CU_ASSERT_EQUAL(gate.arrived, 45);
}

static void by_default_there_are_as_many_workers_as_in_python(void)
{
    const int cpus = cfi_port_usable_cpus();
    const int expected = cpus + 4 < 32 ? cpus + 4 : 32;
    struct gate gate = GATE_CLOSED;
    CU_ASSERT(cpus >= 1);
    cf_with (pool, cf_thread_pool()) {
        for (int i = 0; i < 2 * expected; i++) {
            cf_submit(pool, pass_gate, cf_ptr(&gate));
        }
        gate_await(&gate, expected);
        gate_open(&gate);
    }
    CU_ASSERT_EQUAL(threads_created(), (unsigned)expected);
}

static int started[100];
static int starts;

static cf_value note_start(cf_value arg)
{
    started[starts++] = (int)cf_as_int(arg);
    return arg;
}

static void tasks_start_in_the_order_of_submission(void)
{
    starts = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        for (int i = 0; i < 100; i++) {
            cf_submit(pool, note_start, i);
        }
    }
    CU_ASSERT_EQUAL(starts, 100);
    for (int i = 0; i < starts; i++) {
        CU_ASSERT_EQUAL(started[i], i);
    }
}

static cf_value blocked_signals(cf_value arg)
{
    (void)arg;
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    return cf_int((sigismember(&mask, SIGINT) ? 1 : 0) +
                  (sigismember(&mask, SIGUSR1) ? 2 : 0) +
                  (sigismember(&mask, SIGSEGV) ? 4 : 0));
}

static void workers_take_no_signals_but_their_own_faults(void)
{
    sigset_t before;
    sigset_t after;
    pthread_sigmask(SIG_SETMASK, NULL, &before);
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, blocked_signals, cf_none());
        CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 3);
    }
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    CU_ASSERT_EQUAL(sigismember(&before, SIGINT), sigismember(&after, SIGINT));
}

#ifdef __linux__
static cf_value own_thread_number(cf_value arg)
{
    (void)arg;
    return cf_int(syscall(SYS_gettid));
}

// What Linux says of a thread: 'R' it runs or wants to, 'S' it sleeps.
static char scheduling_state(int64_t thread)
{
    char name[64];
    snprintf(name, sizeof name, "/proc/self/task/%lld/stat", (long long)thread);
    FILE *file = fopen(name, "r");
    char state = '?';
    if (file != NULL) {
        if (fscanf(file, "%*[^)]) %c", &state) != 1) {
            state = '?';
        }
        fclose(file);
    }
    return state;
}

// A worker that asks again and again would never be seen asleep, and one that
// sleeps is sooner or later, however busy the machine is.
static void an_idle_worker_sleeps(void)
{
    char state = '?';
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        const int64_t worker =
            cf_as_int(cf_result(cf_submit(pool, own_thread_number, 0)));
        for (int tries = 0; tries < 100000 && state != 'S'; tries++) {
            sched_yield();
            state = scheduling_state(worker);
        }
    }
    CU_ASSERT_EQUAL(state, 'S');
}
#endif

static cf_value many_submits(cf_value arg)
{
    cf_executor *pool = cf_as_ptr(arg);
    for (int i = 0; i < 50; i++) {
        cf_release(cf_submit(pool, count_run, i));
    }
    return cf_none();
}

static void tasks_may_submit_while_the_pool_closes(void)
{
    runs = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 4)) {
        for (int i = 0; i < 4; i++) {
            cf_submit(pool, many_submits, cf_ptr(pool));
        }
    }
    CU_ASSERT(runs <= 200);  // those refused by then don't run
}

// ----- shutting down -----

static void a_pool_that_is_shut_down_refuses_tasks(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *before = cf_submit(pool, itself, 1);
        cf_shutdown(pool, CF_WAIT);
        cf_future *after = cf_submit(pool, itself, 2);
        CU_ASSERT_EQUAL(code_of(before), 0);
        CU_ASSERT_EQUAL(code_of(after), CF_ESHUTDOWN);
        CU_ASSERT_TRUE(cf_done(after));
        CU_ASSERT_EQUAL(cf_as_int(cf_result(before)), 1);
        cf_release(after);
    }
}

static void what_was_submitted_before_still_runs(void)
{
    struct gate gate = GATE_CLOSED;
    runs = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_submit(pool, pass_gate, cf_ptr(&gate));
        for (int i = 0; i < 10; i++) {
            cf_submit(pool, count_run, i);
        }
        gate_await(&gate, 1);
        cf_shutdown(pool, CF_NO_WAIT);
        CU_ASSERT_EQUAL(runs, 0);
        gate_open(&gate);
        cf_shutdown(pool, CF_WAIT);
        CU_ASSERT_EQUAL(runs, 10);
        cf_shutdown(pool, CF_WAIT);
        cf_shutdown(pool, CF_NO_WAIT);
    }
}

static void closing_waits_for_pending_tasks(void)
{
    runs = 0;
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    for (int i = 0; i < 500; i++) {
        cf_submit(pool, count_run, i);
    }
    cf_close(pool);
    CU_ASSERT_EQUAL(runs, 500);
}

static void closing_nothing_is_allowed(void)
{
    cf_close(NULL);
}

static void *shut_down_and_wait(void *pool)
{
    cf_shutdown(pool, CF_WAIT);
    return NULL;
}

static void several_threads_may_wait_for_a_shutdown(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, pass_gate, cf_ptr(&gate));
        pthread_t threads[3];
        for (int i = 0; i < 3; i++) {
            CU_ASSERT_EQUAL_FATAL(
                pthread_create(&threads[i], NULL, shut_down_and_wait, pool), 0);
        }
        gate_open(&gate);
        for (int i = 0; i < 3; i++) {
            pthread_join(threads[i], NULL);
        }
        CU_ASSERT_TRUE(cf_done(future));
    }
}

// ----- broken pools -----

static void a_negative_number_of_workers_makes_a_broken_pool(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = -2)) {
        cf_future *future = cf_submit(pool, itself, 1);
        const cf_error *error = cf_exception(future);
        CU_ASSERT_PTR_NOT_NULL_FATAL(error);
        CU_ASSERT_EQUAL(error->code, CF_EBROKEN);
        CU_ASSERT_EQUAL(error->cause->code, EINVAL);
        CU_ASSERT_PTR_NOT_NULL(strstr(error->cause->message, "-2"));
        cf_release(future);
        cf_shutdown(pool, CF_WAIT);
    }
}

static void a_pool_without_memory_is_broken(void)
{
    fail_request(1, false);
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, itself, cf_format("lost"));
        const cf_error *error = cf_exception(future);
        CU_ASSERT_EQUAL(error->code, CF_EBROKEN);
        CU_ASSERT_EQUAL(error->cause->code, ENOMEM);
        cf_release(cf_keep(future));
        cf_release(future);
        cf_shutdown(pool, CF_WAIT);
    }
}

static void a_pool_without_any_thread_fails_its_tasks(void)
{
    cf_with (pool, cf_thread_pool()) {
        fail_threads(true);
        cf_future *failed = cf_submit(pool, itself, 1);
        const cf_error *error = cf_exception(failed);
        CU_ASSERT_PTR_NOT_NULL_FATAL(error);
        CU_ASSERT_EQUAL(error->code, CF_EBROKEN);
        CU_ASSERT_EQUAL(error->cause->code, EAGAIN);
        fail_threads(false);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_submit(pool, itself, 2))), 2);
    }
}

static void a_pool_with_one_thread_carries_on_without_more(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 4)) {
        cf_submit(pool, pass_gate, cf_ptr(&gate));
        gate_await(&gate, 1);
        fail_threads(true);
        cf_future *future = cf_submit(pool, itself, 2);
        CU_ASSERT_FALSE(cf_done(future));
        gate_open(&gate);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 2);
        fail_threads(false);
    }
    CU_ASSERT_EQUAL(threads_created(), 1);
}

static void options_of_an_older_program_are_understood(void)
{
    const struct cf_thread_pool_options old = {
        .size = offsetof(struct cf_thread_pool_options, max_workers),
        .max_workers = -1,  // not there, as far as `size` goes
    };
    cf_with (pool, cf_thread_pool_create(&old)) {
        CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_submit(pool, itself, 2))), 2);
    }
}

static CU_TestInfo with[] = {
    TEST(a_pool_is_closed_however_its_block_is_left),
    TEST(blocks_can_be_nested),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo threads[] = {
    TEST(an_unused_pool_has_no_thread),
    TEST(a_free_worker_is_used_before_a_new_one_starts),
    TEST(a_pool_of_n_runs_n_tasks_at_once),
    TEST(a_pool_never_has_more_threads_than_it_may),
    TEST(by_default_there_are_as_many_workers_as_in_python),
    TEST(tasks_start_in_the_order_of_submission),
    TEST(workers_take_no_signals_but_their_own_faults),
#ifdef __linux__
    TEST(an_idle_worker_sleeps),
#endif
    TEST(tasks_may_submit_while_the_pool_closes),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo shutting_down[] = {
    TEST(a_pool_that_is_shut_down_refuses_tasks),
    TEST(what_was_submitted_before_still_runs),
    TEST(closing_waits_for_pending_tasks),
    TEST(closing_nothing_is_allowed),
    TEST(several_threads_may_wait_for_a_shutdown),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo broken[] = {
    TEST(a_negative_number_of_workers_makes_a_broken_pool),
    TEST(a_pool_without_memory_is_broken),
    TEST(a_pool_without_any_thread_fails_its_tasks),
    TEST(a_pool_with_one_thread_carries_on_without_more),
    TEST(options_of_an_older_program_are_understood),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("cf_with", with),
    SUITE("threads", threads),
    SUITE("shutting down", shutting_down),
    SUITE("broken pools", broken),
    CU_SUITE_INFO_NULL,
};
