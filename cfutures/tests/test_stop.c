// Chapters 3 and 4 of the header: asking a task to stop, and deadlines.

#include <cfutures.h>

#include "support.h"

#include <stdatomic.h>

// Runs until it is asked to stop.
static cf_value run_on(cf_value gate)
{
    gate_enter(cf_as_ptr(gate));
    int64_t rounds = 1;
    while (!cf_stopping()) {
        rounds++;
    }
    return cf_int(rounds);
}

static struct gate open_from_the_start(void)
{
    struct gate gate = GATE_CLOSED;
    gate_open(&gate);
    return gate;
}

// ----- cf_stop -----

static void a_running_task_hears_that_it_is_to_stop(void)
{
    struct gate gate = open_from_the_start();
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, run_on, cf_ptr(&gate));
        gate_await(&gate, 1);
        CU_ASSERT_TRUE(cf_stop(future));
        CU_ASSERT(cf_as_int(cf_result(future)) >= 1);
        CU_ASSERT_FALSE(cf_stop(future));
        CU_ASSERT_FALSE(cf_cancelled(future));
    }
}

static void a_pending_task_that_is_stopped_is_cancelled(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_submit(pool, pass_gate, cf_ptr(&gate));
        cf_future *pending = cf_submit(pool, itself, 1);
        cf_future *later = cf_after(pool, 1e6, itself, 1);
        CU_ASSERT_TRUE(cf_stop(pending));
        CU_ASSERT_TRUE(cf_stop(pending));
        CU_ASSERT_TRUE(cf_stop(later));
        CU_ASSERT_EQUAL(code_of(pending), CF_ECANCELLED);
        CU_ASSERT_TRUE(cf_cancelled(later));
        gate_open(&gate);
    }
}

static cf_value ask(cf_value unused)
{
    (void)unused;
    return cf_int(cf_stopping());
}

static cf_value ask_inside(cf_value context, cf_value gate)
{
    gate_enter(cf_as_ptr(gate));
    while (!cf_stopping()) {
    }
    cf_executor *pool = cf_as_ptr(context);
    return cf_result(cf_submit(pool, ask, cf_none()));
}

static void a_request_is_for_one_task_alone(void)
{
    struct gate gate = open_from_the_start();
    CU_ASSERT_FALSE(cf_stopping());
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *outer =
            cf_submit_with(pool, ask_inside, cf_ptr(pool), cf_ptr(&gate));
        gate_await(&gate, 1);
        CU_ASSERT_TRUE(cf_stop(outer));
        CU_ASSERT_EQUAL(cf_as_int(cf_result(outer)), 0);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_submit(pool, ask, 0))), 0);
    }
}

static void stop_nothing(void)
{
    cf_stop(NULL);
}

static void stopping_no_future_stops_the_program(void)
{
    CHECK_STOPS(stop_nothing, "cf_stop: the future is NULL");
}

static void a_future_that_needs_no_memory_is_done(void)
{
    fail_request(1, false);
    cf_with (pool, cf_thread_pool()) {
        CU_ASSERT_FALSE(cf_stop(cf_submit(pool, itself, 1)));
    }
}

// ----- deadlines -----

static void a_task_that_starts_in_time_is_asked_to_stop_in_time(void)
{
    struct gate gate = open_from_the_start();
    cf_with (pool, cf_thread_pool()) {
        // If the machine is slow it may even not start.
        cf_future *future = cf_submit_within(pool, run_on, cf_ptr(&gate), 0.02);
        CU_ASSERT(code_of(future) == 0 || code_of(future) == CF_EDEADLINE);
    }
}

static void a_task_whose_turn_is_too_late_is_not_started(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_submit(pool, pass_gate, cf_ptr(&gate));
        gate_await(&gate, 1);
        cf_future *late = cf_submit_within(pool, pass_gate, cf_ptr(&gate), 0);
        cf_future *early =
            cf_submit_within(pool, pass_gate, cf_ptr(&gate), 1e6);
        gate_open(&gate);
        CU_ASSERT_EQUAL(code_of(late), CF_EDEADLINE);
        CU_ASSERT_EQUAL(code_of(early), 0);
        CU_ASSERT_FALSE(cf_cancelled(late));
    }
    CU_ASSERT_EQUAL(gate.arrived, 2);
}

static cf_value ask_with(cf_value context, cf_value arg)
{
    return cf_int(cf_as_int(context) + cf_as_int(arg) + cf_stopping());
}

static void a_deadline_far_away_disturbs_nobody(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *with = cf_submit_within_with(pool, ask_with, 1, 2, 1e6);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(with)), 3);
        cf_future *never = cf_submit_within(pool, ask, cf_none(), 1e9);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(never)), 0);
    }
}

static CU_TestInfo stopping[] = {
    TEST(a_running_task_hears_that_it_is_to_stop),
    TEST(a_pending_task_that_is_stopped_is_cancelled),
    TEST(a_request_is_for_one_task_alone),
    TEST(stopping_no_future_stops_the_program),
    TEST(a_future_that_needs_no_memory_is_done),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo deadlines[] = {
    TEST(a_task_that_starts_in_time_is_asked_to_stop_in_time),
    TEST(a_task_whose_turn_is_too_late_is_not_started),
    TEST(a_deadline_far_away_disturbs_nobody),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("cf_stop", stopping),
    SUITE("deadlines", deadlines),
    CU_SUITE_INFO_NULL,
};
