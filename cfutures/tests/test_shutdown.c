// Chapter 3 of the header: shutting down with cancelling, and closing with a
// time limit.

#include <cfutures.h>

#include "kept_log.h"
#include "support.h"

#include <cfutures_testing.h>
#include <stdatomic.h>
#include <string.h>

static atomic_int runs;

static cf_value count_run(cf_value arg)
{
    runs++;
    return arg;
}

// ----- cancelling -----

// A pool of one thread that is inside the gate, with `count` tasks queued.
static cf_executor *busy_pool(struct gate *gate, cf_future **running,
                              cf_future **queued, int count)
{
    runs = 0;
    cf_executor *pool = cf_thread_pool(.max_workers = 1);
    *running = cf_submit(pool, pass_gate, cf_ptr(gate));
    gate_await(gate, 1);
    for (int i = 0; i < count; i++) {
        queued[i] = cf_submit(pool, count_run, i);
    }
    return pool;
}

static void a_shutdown_can_cancel_what_has_not_started(void)
{
    struct gate gate = GATE_CLOSED;
    cf_future *running;
    cf_future *queued[10];
    cf_executor *pool = busy_pool(&gate, &running, queued, 10);
    cf_shutdown(pool, CF_CANCEL_PENDING);
    for (int i = 0; i < 10; i++) {
        CU_ASSERT_TRUE(cf_cancelled(queued[i]));
        CU_ASSERT_EQUAL(code_of(queued[i]), CF_ECANCELLED);
    }
    CU_ASSERT_TRUE(cf_running(running));
    gate_open(&gate);
    CU_ASSERT_EQUAL(code_of(running), 0);
    CU_ASSERT_EQUAL(code_of(cf_submit(pool, count_run, 1)), CF_ESHUTDOWN);
    cf_close(pool);
    CU_ASSERT_EQUAL(runs, 0);
}

static void a_second_shutdown_may_cancel_what_the_first_left(void)
{
    struct gate gate = GATE_CLOSED;
    cf_future *running;
    cf_future *queued[3];
    cf_executor *pool = busy_pool(&gate, &running, queued, 3);
    cf_shutdown(pool, CF_NO_WAIT);
    CU_ASSERT_FALSE(cf_done(queued[2]));
    gate_open(&gate);
    cf_shutdown(pool, CF_WAIT | CF_CANCEL_PENDING);
    CU_ASSERT_EQUAL(code_of(running), 0);
    for (int i = 0; i < 3; i++) {
        CU_ASSERT_TRUE(cf_done(queued[i]));
    }
    cf_close(pool);
}

static void cancelling_before_a_shutdown_does_not_hang_it(void)
{
    struct gate gate = GATE_CLOSED;
    cf_future *running;
    cf_future *queued[3];
    cf_executor *pool = busy_pool(&gate, &running, queued, 3);
    CU_ASSERT_TRUE(cf_cancel(queued[0]));
    CU_ASSERT_TRUE(cf_cancel(queued[2]));
    cf_shutdown(pool, CF_CANCEL_PENDING);
    CU_ASSERT_TRUE(cf_cancelled(queued[1]));
    gate_open(&gate);
    cf_close(pool);
    CU_ASSERT_EQUAL(runs, 0);
}

static void *await_result(void *future)
{
    return cf_exception(future)->code == CF_ECANCELLED ? future : NULL;
}

static void whoever_waits_for_a_cancelled_task_is_woken(void)
{
    struct gate gate = GATE_CLOSED;
    cf_future *running;
    cf_future *queued[1];
    struct cf_test_snapshot snapshot;
    cf_test_begin(NULL, NULL);
    cf_executor *pool = busy_pool(&gate, &running, queued, 1);
    pthread_t waiter;
    void *woken = NULL;
    CU_ASSERT_EQUAL_FATAL(
        pthread_create(&waiter, NULL, await_result, queued[0]), 0);
    do {
        cf_test_snapshot(&snapshot);
    } while (snapshot.callers_blocked == 0);
    cf_shutdown(pool, CF_CANCEL_PENDING);
    pthread_join(waiter, &woken);
    CU_ASSERT_PTR_EQUAL(woken, queued[0]);
    gate_open(&gate);
    cf_close(pool);
    cf_test_end();
}

static cf_value cancel_the_rest(cf_value pool)
{
    cf_shutdown((cf_executor *)cf_as_ptr(pool), CF_CANCEL_PENDING);
    return cf_int(1);
}

static void a_task_may_shut_its_own_pool_down_without_waiting(void)
{
    struct gate gate = GATE_CLOSED;
    runs = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_submit(pool, pass_gate, cf_ptr(&gate));
        cf_future *ender = cf_submit(pool, cancel_the_rest, cf_ptr(pool));
        cf_future *rest = cf_submit(pool, count_run, 1);
        gate_open(&gate);
        CU_ASSERT_EQUAL(code_of(ender), 0);
        CU_ASSERT_EQUAL(code_of(rest), CF_ECANCELLED);
    }
    CU_ASSERT_EQUAL(runs, 0);
}

static void a_broken_pool_can_be_shut_down_with_cancelling(void)
{
    fail_request(1, false);
    cf_executor *pool = cf_thread_pool();
    cf_shutdown(pool, CF_WAIT | CF_CANCEL_PENDING);
    cf_close(pool);
}

// ----- closing with a limit -----

static void closing_in_time_is_closing(void)
{
    runs = 0;
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    for (int i = 0; i < 100; i++) {
        cf_submit(pool, count_run, i);
    }
    CU_ASSERT_TRUE(cf_close_within(pool, 1e6));
    CU_ASSERT_EQUAL(runs, 100);
    CU_ASSERT_EQUAL(blocks_in_use(), 0);
    CU_ASSERT_TRUE(cf_close_within(cf_thread_pool(), 0));
    CU_ASSERT_TRUE(cf_close_within(NULL, 0));
    fail_request(1, false);
    CU_ASSERT_TRUE(cf_close_within(cf_thread_pool(), 0));
}

static void a_pool_that_is_not_closed_in_time_says_who_runs_and_lives(void)
{
    struct gate gate = GATE_CLOSED;
    cf_future *running;
    cf_future *queued[2];
    cf_executor *pool = busy_pool(&gate, &running, queued, 2);
    cf_release(running);  // named all the same
    log_begin();
    CU_ASSERT_FALSE(cf_close_within(pool, 1e-3));
    CU_ASSERT_PTR_NOT_NULL(strstr(logged(), "2 not started, 1 running"));
    CU_ASSERT_PTR_NOT_NULL(strstr(logged(), "\n  pass_gate, submitted at"));
    CU_ASSERT_PTR_NULL(strstr(logged(), "count_run"));
    CU_ASSERT_EQUAL(code_of(cf_submit(pool, count_run, 1)), CF_ESHUTDOWN);
    CU_ASSERT_TRUE(cf_cancel(queued[0]));
    CU_ASSERT_FALSE(cf_close_within(pool, 0));
    CU_ASSERT_PTR_NOT_NULL(strstr(logged(), "1 not started, 1 running"));
    log_end();
    gate_open(&gate);
    CU_ASSERT_EQUAL(code_of(queued[1]), 0);
    CU_ASSERT_TRUE(cf_close_within(pool, 1e9));
}

static cf_value close_own_pool(cf_value pool)
{
    return cf_int(cf_close_within((cf_executor *)cf_as_ptr(pool), 1));
}

static void close_own_pool_in_time(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_result(cf_submit(pool, close_own_pool, cf_ptr(pool)));
    }
}

static void closing_inside_a_task_of_the_pool_stops_the_program(void)
{
    CHECK_STOPS(close_own_pool_in_time,
                "cf_close_within: called inside a task of the pool itself");
}

static CU_TestInfo cancelling[] = {
    TEST(a_shutdown_can_cancel_what_has_not_started),
    TEST(a_second_shutdown_may_cancel_what_the_first_left),
    TEST(cancelling_before_a_shutdown_does_not_hang_it),
    TEST(whoever_waits_for_a_cancelled_task_is_woken),
    TEST(a_task_may_shut_its_own_pool_down_without_waiting),
    TEST(a_broken_pool_can_be_shut_down_with_cancelling),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo closing[] = {
    TEST(closing_in_time_is_closing),
    TEST(a_pool_that_is_not_closed_in_time_says_who_runs_and_lives),
    TEST(closing_inside_a_task_of_the_pool_stops_the_program),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("shutting down with cancelling", cancelling),
    SUITE("closing with a limit", closing),
    CU_SUITE_INFO_NULL,
};
