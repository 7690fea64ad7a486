// Chapter 4 of the header: tasks that wait for tasks. Nothing here ends by a
// time limit unless the library is broken.

#include <cfutures.h>

#include "support.h"

#include <cfutures_testing.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

// ----- circles -----

static struct gate meeting;
static cf_future *others[3];

// Waits for another task once all of them run; an error comes out as it is.
static cf_value wait_for_other(cf_value which)
{
    gate_enter(&meeting);
    return cf_result(others[cf_as_int(which)]);
}

static cf_value wait_for_second(cf_value which)
{
    return wait_for_other(which);
}

static bool is_circle(cf_value value, const char *first, const char *second)
{
    const cf_error *error = cf_as_error(value);
    return error != NULL && error->code == CF_EDEADLOCK &&
           strstr(error->message, first) != NULL &&
           strstr(error->message, second) != NULL;
}

static void check_circle_of_two(cf_executor *pool, cf_executor *other_pool)
{
    meeting = (struct gate)GATE_CLOSED;
    others[0] = cf_submit(pool, wait_for_other, 1);
    others[1] = cf_submit(other_pool, wait_for_second, 0);
    gate_await(&meeting, 2);
    gate_open(&meeting);
    // Whichever came last got the error, and the other one its result.
    CU_ASSERT_TRUE(is_circle(cf_result(others[0]), "wait_for_other, submitted",
                             "wait_for_second, submitted"));
    CU_ASSERT_TRUE(is_circle(cf_result(others[1]), "wait_for_other, submitted",
                             "wait_for_second, submitted"));
}

static void of_two_tasks_that_wait_for_each_other_one_gets_an_error(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        check_circle_of_two(pool, pool);
    }
}

static void a_circle_over_two_pools_is_seen(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_with (other, cf_thread_pool(.max_workers = 1)) {
            check_circle_of_two(pool, other);
        }
    }
}

static cf_value wait_in_place(cf_value pool)
{
    gate_enter(&meeting);
    return cf_result(
        cf_submit((cf_executor *)cf_as_ptr(pool), wait_for_second, 1));
}

static void a_circle_through_a_task_run_in_place_is_seen(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        meeting = (struct gate)GATE_CLOSED;
        others[0] = cf_submit(pool, wait_in_place, cf_ptr(pool));
        others[1] = cf_submit(pool, wait_for_other, 0);
        gate_await(&meeting, 2);
        gate_open(&meeting);
        for (int i = 0; i < 2; i++) {
            const cf_value result = cf_result(others[i]);
            CU_ASSERT_TRUE(
                is_circle(result, "wait_in_place", "wait_for_other"));
            CU_ASSERT_TRUE(is_circle(result, "wait_for_second", "circle"));
        }
    }
}

// Each waits for the next, the last for the first; or, with an open end, for a
// task that is done.
static cf_future *ring[12];
enum { RING = sizeof ring / sizeof ring[0] };

static cf_value wait_for_next(cf_value which)
{
    gate_enter(&meeting);
    return cf_result(ring[(cf_as_int(which) + 1) % RING]);
}

static void fill_ring(cf_executor *pool, int running)
{
    meeting = (struct gate)GATE_CLOSED;
    for (int i = 0; i < running; i++) {
        ring[i] = cf_submit(pool, wait_for_next, i);
    }
    if (running < RING) {
        ring[running] = cf_submit(pool, pass_gate, cf_ptr(&meeting));
    }
    gate_await(&meeting, RING);
    gate_open(&meeting);
}

static void a_long_circle_names_some_and_counts_the_rest(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = RING)) {
        fill_ring(pool, RING);
        for (int i = 0; i < RING; i++) {
            CU_ASSERT_TRUE(
                is_circle(cf_result(ring[i]), "wait_for_next", "and 4 more"));
        }
    }
}

static void a_long_chain_is_no_circle(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = RING)) {
        fill_ring(pool, RING - 1);
        for (int i = 0; i < RING; i++) {
            CU_ASSERT_EQUAL(cf_as_int(cf_result(ring[i])), 1);
        }
    }
}

// ----- spares -----

static cf_value wait_with_a_limit(cf_value pool)
{
    cf_future *inner = cf_submit((cf_executor *)cf_as_ptr(pool), itself, 8);
    return cf_result_within(inner, 1e6);
}

static void a_wait_with_a_limit_lends_a_spare(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        for (int i = 0; i < 50; i++) {
            cf_future *outer = cf_submit(pool, wait_with_a_limit, cf_ptr(pool));
            CU_ASSERT_EQUAL(cf_as_int(cf_result(outer)), 8);
        }
    }
    CU_ASSERT_EQUAL(threads_created(), 2);  // the spare is lent again
}

static cf_value wait_for_it(cf_value future)
{
    return cf_result((cf_future *)cf_as_ptr(future));
}

static void a_wait_for_another_pool_lends_a_spare(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_with (other, cf_thread_pool(.max_workers = 1)) {
            cf_future *awaited = cf_submit(other, pass_gate, cf_ptr(&gate));
            cf_future *waiter = cf_submit(pool, wait_for_it, cf_ptr(awaited));
            // Only a spare can run this one, and so end the wait.
            cf_submit(pool, open_gate, cf_ptr(&gate));
            CU_ASSERT_EQUAL(cf_as_int(cf_result(waiter)), 1);
        }
    }
}

static struct cf_test_snapshot look(void)
{
    struct cf_test_snapshot snapshot;
    cf_test_snapshot(&snapshot);
    return snapshot;
}

static void with_a_spare_lent_no_more_tasks_start_than_workers_allowed(void)
{
    struct gate first = GATE_CLOSED;
    struct gate second = GATE_CLOSED;
    cf_test_begin(NULL, NULL);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_with (other, cf_thread_pool(.max_workers = 1)) {
            cf_future *awaited = cf_submit(other, pass_gate, cf_ptr(&first));
            cf_future *waiter = cf_submit(pool, wait_for_it, cf_ptr(awaited));
            cf_submit(pool, pass_gate, cf_ptr(&second));
            gate_await(&second, 1);  // on the spare
            cf_future *last = cf_submit(pool, itself, 3);
            gate_open(&first);
            CU_ASSERT_EQUAL(cf_as_int(cf_result(waiter)), 1);
            // Two threads, one of them free; but one task is running.
            CU_ASSERT_EQUAL(look().startable, 0);
            CU_ASSERT_FALSE(cf_running(last));
            CU_ASSERT_FALSE(cf_done(last));
            gate_open(&second);
            CU_ASSERT_EQUAL(cf_as_int(cf_result(last)), 3);
        }
    }
    cf_test_end();
    CU_ASSERT_EQUAL(threads_created(), 3);
}

static void without_a_spare_the_wait_ends_all_the_same(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_with (other, cf_thread_pool(.max_workers = 1)) {
            cf_future *awaited = cf_submit(other, pass_gate, cf_ptr(&gate));
            cf_future *begin = cf_submit(pool, itself, 0);
            CU_ASSERT_EQUAL(cf_as_int(cf_result(begin)), 0);
            gate_await(&gate, 1);
            fail_threads(true);
            cf_future *waiter = cf_submit(pool, wait_for_it, cf_ptr(awaited));
            cf_future *queued = cf_submit(pool, itself, 4);
            gate_open(&gate);
            CU_ASSERT_EQUAL(cf_as_int(cf_result(waiter)), 1);
            CU_ASSERT_EQUAL(cf_as_int(cf_result(queued)), 4);
            fail_threads(false);
        }
    }
}

// ----- depth -----

static cf_executor *deep_pool;

static cf_value descend(cf_value levels)
{
    const int64_t left = cf_as_int(levels);
    return left == 0 ? cf_int(0)
                     : cf_result(cf_submit(deep_pool, descend, left - 1));
}

static cf_value descend_with_a_limit(cf_value levels)
{
    const int64_t left = cf_as_int(levels);
    return left == 0
               ? cf_int(0)
               : cf_result_within(
                     cf_submit(deep_pool, descend_with_a_limit, left - 1), 0.5);
}

static void ten_thousand_levels_end_with_the_error_that_says_so(void)
{
    deep_pool = cf_thread_pool(.max_workers = 1);
    const cf_error *error = cf_exception(cf_submit(deep_pool, descend, 10000));
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT_EQUAL(error->code, CF_EDEADLOCK);
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "256 tasks wait"));
    CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_submit(deep_pool, descend, 200))),
                    0);
    cf_close(deep_pool);
}

static void the_number_of_spares_is_bounded(void)
{
    deep_pool = cf_thread_pool(.max_workers = 1);
    const cf_error *error =
        cf_exception(cf_submit(deep_pool, descend_with_a_limit, 10000));
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT_EQUAL(error->code, CF_ETIMEOUT);
    cf_close(deep_pool);
    CU_ASSERT(threads_created() > 2);
    CU_ASSERT(threads_created() <= 1 + 64);
}

static CU_TestInfo circles[] = {
    TEST(of_two_tasks_that_wait_for_each_other_one_gets_an_error),
    TEST(a_circle_over_two_pools_is_seen),
    TEST(a_circle_through_a_task_run_in_place_is_seen),
    TEST(a_long_circle_names_some_and_counts_the_rest),
    TEST(a_long_chain_is_no_circle),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo spares[] = {
    TEST(a_wait_with_a_limit_lends_a_spare),
    TEST(a_wait_for_another_pool_lends_a_spare),
    TEST(with_a_spare_lent_no_more_tasks_start_than_workers_allowed),
    TEST(without_a_spare_the_wait_ends_all_the_same),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo depth[] = {
    TEST(ten_thousand_levels_end_with_the_error_that_says_so),
    TEST(the_number_of_spares_is_bounded),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("circles", circles),
    SUITE("spares", spares),
    SUITE("depth", depth),
    CU_SUITE_INFO_NULL,
};
