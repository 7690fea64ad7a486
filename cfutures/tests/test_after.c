// Chapter 3 of the header: tasks that start later. No test asks whether
// something happened soon enough; a task that is never started hangs it.

#include <cfutures.h>

#include "support.h"

#include <cfutures_testing.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "../src/internal.h"

static const double NEVER = 1e9;
static const double LONG = 1e6;  // seconds

// ----- time -----

static cf_value started_at(cf_value unused)
{
    (void)unused;
    return cf_int(cfi_port_now());
}

static cf_value started_at_with(cf_value context, cf_value arg)
{
    return cf_int(cfi_port_now() + cf_as_int(context) + cf_as_int(arg));
}

static void a_task_never_starts_before_its_time(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        const int64_t before = cfi_port_now();
        cf_future *later = cf_after(pool, 0.02, started_at, cf_none());
        CU_ASSERT(cf_as_int(cf_result(later)) >= before + 20000000);
        cf_future *with = cf_after_with(pool, 0.02, started_at_with, 0, 0);
        CU_ASSERT(cf_as_int(cf_result(with)) >= before + 40000000);
        CU_ASSERT(cf_as_int(cf_result(cf_after(pool, 0, started_at, 0))) > 0);
        CU_ASSERT(cf_as_int(cf_result(cf_after(pool, -1, started_at, 0))) > 0);
    }
}

static int64_t dues[400];
static int starts;

static cf_value note_due(cf_value unused)
{
    (void)unused;
    dues[starts++] = cfi_frame_current()->future->call.due;
    return cf_none();
}

static void tasks_start_in_the_order_of_their_times(void)
{
    enum { COUNT = 400 };
    starts = 0;
    srand(4);
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_submit(pool, pass_gate, cf_ptr(&gate));  // until all are there
        for (int i = 0; i < COUNT; i++) {
            cf_after(pool, 0.0001 * (1 + rand() % 200), note_due, i);
        }
        gate_open(&gate);
    }
    CU_ASSERT_EQUAL(starts, COUNT);
    for (int i = 1; i < COUNT; i++) {
        CU_ASSERT(dues[i - 1] <= dues[i]);
    }
}

static void note_cancelled(cf_future *future, cf_value unused)
{
    (void)unused;
    dues[starts++] = future->call.due;
}

// What is left after many cancels comes out in order all the same.
static void the_heap_of_times_survives_cancels_in_its_middle(void)
{
    enum { COUNT = 400 };
    cf_future *futures[COUNT];
    starts = 0;
    srand(5);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        for (int i = 0; i < COUNT; i++) {
            futures[i] = cf_after(pool, LONG + rand() % 50, itself, i);
        }
        for (int i = 0; i < COUNT / 2; i++) {
            cf_cancel(futures[rand() % COUNT]);
        }
        int left = 0;
        for (int i = 0; i < COUNT; i++) {
            if (!cf_done(futures[i])) {
                CU_ASSERT_TRUE(cf_on_done(futures[i], note_cancelled, 0));
                left++;
            }
        }
        cf_shutdown(pool, CF_CANCEL_PENDING);
        CU_ASSERT(left > COUNT / 4);
        CU_ASSERT_EQUAL(starts, left);
    }
    for (int i = 1; i < starts; i++) {
        CU_ASSERT(dues[i - 1] <= dues[i]);
    }
}

static void note_number(cf_future *future, cf_value number)
{
    (void)future;
    dues[starts++] = cf_as_int(number);
}

static void tasks_of_the_same_time_keep_the_order_of_submission(void)
{
    enum { COUNT = 50 };
    starts = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        for (int i = 0; i < COUNT; i++) {
            cf_on_done(cf_after(pool, NEVER, itself, i), note_number, i);
        }
        cf_shutdown(pool, CF_CANCEL_PENDING);
    }
    CU_ASSERT_EQUAL(starts, COUNT);
    for (int i = 0; i < starts; i++) {
        CU_ASSERT_EQUAL(dues[i], i);
    }
}

static void an_earlier_task_does_not_wait_for_a_later_one(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *far = cf_after(pool, LONG, itself, 1);
        cf_future *never = cf_after(pool, NEVER, itself, 2);
        for (int i = 0; i < 20; i++) {
            cf_future *near = cf_after(pool, 0.001, itself, 3);
            CU_ASSERT_EQUAL(cf_as_int(cf_result(near)), 3);
        }
        CU_ASSERT_TRUE(cf_cancel(far));
        CU_ASSERT_TRUE(cf_cancel(never));
    }
    CU_ASSERT_EQUAL(threads_created(), 1);
}

// ----- who keeps the time -----

static void the_timekeeper_works_when_there_is_nobody_else(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *far = cf_after(pool, LONG, itself, 1);
        for (int i = 0; i < 100; i++) {
            CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_submit(pool, itself, i))),
                            i);
        }
        cf_cancel(far);
    }
    CU_ASSERT_EQUAL(threads_created(), 1);
}

static void another_thread_follows_a_timekeeper_that_works(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        for (int i = 0; i < 20; i++) {
            struct gate gate = GATE_CLOSED;
            cf_after(pool, 0.001, open_gate, cf_ptr(&gate));
            // The timekeeper takes this one, so the other has to look out.
            cf_result(cf_submit(pool, pass_gate, cf_ptr(&gate)));
        }
    }
    CU_ASSERT_EQUAL(threads_created(), 2);
}

static void all_workers_may_be_needed_when_many_are_due_at_once(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 4)) {
        for (int i = 0; i < 4; i++) {
            cf_after(pool, 0.001, pass_gate, cf_ptr(&gate));
        }
        gate_await(&gate, 4);
        gate_open(&gate);
    }
}

static cf_value wait_for_later(cf_value pool)
{
    return cf_result(cf_after((cf_executor *)cf_as_ptr(pool), 0.01, itself, 7));
}

static void a_task_may_wait_for_one_that_starts_later(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *waiter = cf_submit(pool, wait_for_later, cf_ptr(pool));
        CU_ASSERT_EQUAL(cf_as_int(cf_result(waiter)), 7);
    }
}

static cf_value wait_for_start(cf_value pool)
{
    const int64_t before = cfi_port_now();
    cf_future *later =
        cf_after((cf_executor *)cf_as_ptr(pool), 0.02, started_at, 0);
    return cf_int(cf_as_int(cf_result(later)) - before);
}

static void it_does_not_start_early_for_who_waits(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *waiter = cf_submit(pool, wait_for_start, cf_ptr(pool));
        CU_ASSERT(cf_as_int(cf_result(waiter)) >= 20000000);
    }
}

static void a_task_that_starts_later_counts_as_startable(void)
{
    struct cf_test_snapshot snapshot;
    cf_test_begin(NULL, NULL);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *far = cf_after(pool, LONG, itself, 1);
        cf_test_snapshot(&snapshot);
        CU_ASSERT_EQUAL(snapshot.submitted, 1);
        CU_ASSERT_EQUAL(snapshot.startable, 1);
        cf_cancel(far);
        cf_test_snapshot(&snapshot);
        CU_ASSERT_EQUAL(snapshot.startable, 0);
        CU_ASSERT_EQUAL(snapshot.finished, 1);
    }
    cf_test_end();
}

// ----- the end of a pool -----

static void closing_waits_for_tasks_that_start_later(void)
{
    struct gate gate = GATE_CLOSED;
    cf_executor *pool = cf_thread_pool(.max_workers = 1);
    cf_after(pool, 0.01, open_gate, cf_ptr(&gate));
    cf_shutdown(pool, CF_NO_WAIT);
    CU_ASSERT_EQUAL(code_of(cf_after(pool, 0.01, itself, 1)), CF_ESHUTDOWN);
    cf_close(pool);
    CU_ASSERT_TRUE(gate.is_open);
}

static void a_shutdown_with_cancelling_cancels_them(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *far = cf_after(pool, LONG, itself, 1);
        cf_future *farther = cf_after(pool, LONG, itself, cf_format("x"));
        cf_shutdown(pool, CF_WAIT | CF_CANCEL_PENDING);
        CU_ASSERT_TRUE(cf_cancelled(far));
        CU_ASSERT_TRUE(cf_cancelled(farther));
    }
}

static void without_any_thread_they_fail_at_once(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        fail_threads(true);
        CU_ASSERT_EQUAL(code_of(cf_after(pool, LONG, itself, 1)), CF_EBROKEN);
        fail_threads(false);
        CU_ASSERT_EQUAL(code_of(cf_after(pool, 0.001, itself, 1)), 0);
    }
}

static void they_do_not_count_for_the_bound(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1, .max_pending = 1,
                                  .when_full = CF_REFUSE)) {
        for (int i = 0; i < 5; i++) {
            CU_ASSERT_FALSE(cf_done(cf_after(pool, LONG, itself, i)));
        }
        CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_submit(pool, itself, 6))), 6);
        cf_shutdown(pool, CF_CANCEL_PENDING);
    }
}

static CU_TestInfo time_tests[] = {
    TEST(a_task_never_starts_before_its_time),
    TEST(tasks_start_in_the_order_of_their_times),
    TEST(the_heap_of_times_survives_cancels_in_its_middle),
    TEST(tasks_of_the_same_time_keep_the_order_of_submission),
    TEST(an_earlier_task_does_not_wait_for_a_later_one),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo keeping[] = {
    TEST(the_timekeeper_works_when_there_is_nobody_else),
    TEST(another_thread_follows_a_timekeeper_that_works),
    TEST(all_workers_may_be_needed_when_many_are_due_at_once),
    TEST(a_task_may_wait_for_one_that_starts_later),
    TEST(it_does_not_start_early_for_who_waits),
    TEST(a_task_that_starts_later_counts_as_startable),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo ending[] = {
    TEST(closing_waits_for_tasks_that_start_later),
    TEST(a_shutdown_with_cancelling_cancels_them),
    TEST(without_any_thread_they_fail_at_once),
    TEST(they_do_not_count_for_the_bound),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("time", time_tests),
    SUITE("who keeps the time", keeping),
    SUITE("the end of a pool", ending),
    CU_SUITE_INFO_NULL,
};
