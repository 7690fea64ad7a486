// The test hooks (cfutures_testing.h): what is counted, and which tasks will be
// started by threads that are there.

#include <cfutures_testing.h>

#include "support.h"
#include "watching.h"

#include <cfutures.h>

// ----- plain counts -----

static void nothing_is_counted_while_the_hooks_are_off(void)
{
    cf_test_begin(NULL, NULL);
    cf_test_end();
    cf_with (pool, cf_thread_pool()) {
        cf_result(cf_submit(pool, itself, 1));
    }
    const struct cf_test_snapshot now = snapshot();
    CU_ASSERT_EQUAL(now.submitted, 0);
    CU_ASSERT_EQUAL(now.executors_open, 0);
}

static void tasks_and_executors_are_counted(void)
{
    cf_test_begin(NULL, NULL);
    cf_with (outer, cf_thread_pool()) {
        cf_with (inner, cf_thread_pool()) {
            for (int i = 0; i < 3; i++) {
                cf_result(cf_submit(inner, itself, i));
            }
            cf_result(cf_submit(outer, itself, 0));
            CU_ASSERT_EQUAL(snapshot().executors_open, 2);
        }
        CU_ASSERT_EQUAL(snapshot().executors_open, 1);
    }
    const struct cf_test_snapshot now = snapshot();
    CU_ASSERT_EQUAL(now.executors_opened, 2);
    CU_ASSERT_EQUAL(now.executors_open, 0);
    CU_ASSERT_EQUAL(now.submitted, 4);
    CU_ASSERT_EQUAL(now.finished, 4);
    CU_ASSERT_EQUAL(now.workers_busy, 0);
    CU_ASSERT_EQUAL(now.startable, 0);
    CU_ASSERT_EQUAL(now.callers_blocked, 0);
    CU_ASSERT_EQUAL(now.polls, 0);
    cf_test_end();
}

static void refused_tasks_are_submitted_and_finished(void)
{
    cf_test_begin(NULL, NULL);
    cf_with (pool, cf_thread_pool()) {
        cf_shutdown(pool, CF_WAIT);
        cf_submit(pool, itself, 1);
    }
    fail_request(1, false);
    cf_with (pool, cf_thread_pool()) {
        cf_submit(pool, itself, 1);
        CU_ASSERT_EQUAL(snapshot().executors_open, 1);
    }
    CU_ASSERT_EQUAL(snapshot().executors_open, 0);
    CU_ASSERT_EQUAL(snapshot().submitted, 2);
    CU_ASSERT_EQUAL(snapshot().finished, 2);
    cf_test_end();
}

static void an_executor_left_open_does_not_count_in_the_next_test(void)
{
    cf_test_begin(NULL, NULL);
    cf_executor *left_open = cf_thread_pool();
    CU_ASSERT_EQUAL(snapshot().executors_open, 1);
    cf_test_end();
    cf_test_begin(NULL, NULL);
    cf_with (pool, cf_thread_pool()) {
        cf_close(left_open);
        cf_result(cf_submit(pool, itself, 1));
        CU_ASSERT_EQUAL(snapshot().executors_open, 1);
    }
    CU_ASSERT_EQUAL(snapshot().executors_open, 0);
    cf_test_end();
}

static cf_value is_in_task(cf_value arg)
{
    (void)arg;
    return cf_int(cf_test_in_task());
}

static void a_thread_knows_whether_it_is_in_a_task(void)
{
    CU_ASSERT_FALSE(cf_test_in_task());
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, is_in_task, cf_none());
        CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 1);
    }
    CU_ASSERT_FALSE(cf_test_in_task());
}

static void polls_are_questions_answered_not_yet(void)
{
    struct gate gate = GATE_CLOSED;
    watch_begin(NULL);
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, pass_gate, cf_ptr(&gate));
        cf_done(future);
        cf_running(future);
        cf_result_within(future, 0);
        cf_result_within(future, -1);
        CU_ASSERT_EQUAL(snapshot().polls, 4);
        gate_open(&gate);
        cf_result(future);
        cf_done(future);
        cf_running(future);
        cf_result_within(future, 0);
        CU_ASSERT_EQUAL(snapshot().polls, 4);
    }
    watch_end();
}

// ----- startable -----

static void a_task_is_startable_while_a_worker_is_free(void)
{
    struct gate gate = GATE_CLOSED;
    watch_begin(NULL);
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_submit(pool, pass_gate, cf_ptr(&gate));
        await_busy(1);
        CU_ASSERT_EQUAL(snapshot().startable, 0);
        for (int i = 0; i < 5; i++) {
            cf_submit(pool, pass_gate, cf_ptr(&gate));
            const struct cf_test_snapshot now = snapshot();
            CU_ASSERT_EQUAL(now.startable + now.workers_busy, 2);
        }
        await_busy(2);
        CU_ASSERT_EQUAL(snapshot().startable, 0);
        gate_open(&gate);
    }
    watch_end();
}

static void a_task_that_gets_no_thread_is_not_startable(void)
{
    struct gate gate = GATE_CLOSED;
    watch_begin(NULL);
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_submit(pool, pass_gate, cf_ptr(&gate));
        await_busy(1);
        fail_threads(true);
        cf_submit(pool, pass_gate, cf_ptr(&gate));
        CU_ASSERT_EQUAL(snapshot().startable, 0);
        fail_threads(false);
        cf_submit(pool, pass_gate, cf_ptr(&gate));
        await_busy(2);
        gate_open(&gate);
    }
    watch_end();
}

// With no more tasks than workers, each task is startable, running or done.
static bool has_lost_a_task(const struct cf_test_snapshot *now)
{
    return now->startable + now->workers_busy + now->finished != now->submitted;
}

static void no_task_is_ever_between_two_counts(void)
{
    for (int round = 0; round < 50; round++) {
        watch_begin(has_lost_a_task);
        cf_with (pool, cf_thread_pool(.max_workers = 6)) {
            for (int i = 0; i < 6; i++) {
                cf_submit(pool, itself, i);
            }
        }
        watch_end();
    }
}

static CU_TestInfo plain[] = {
    TEST(nothing_is_counted_while_the_hooks_are_off),
    TEST(tasks_and_executors_are_counted),
    TEST(refused_tasks_are_submitted_and_finished),
    TEST(an_executor_left_open_does_not_count_in_the_next_test),
    TEST(a_thread_knows_whether_it_is_in_a_task),
    TEST(polls_are_questions_answered_not_yet),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo startable[] = {
    TEST(a_task_is_startable_while_a_worker_is_free),
    TEST(a_task_that_gets_no_thread_is_not_startable),
    TEST(no_task_is_ever_between_two_counts),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("plain counts", plain),
    SUITE("startable", startable),
    CU_SUITE_INFO_NULL,
};
