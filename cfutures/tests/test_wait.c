// cf_wait: its three modes, its order, its time limit; and that it wakes when
// it has to, wherever it waits.

#include <cfutures.h>

#include "support.h"

#include <cfutures_testing.h>
#include <math.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>

static cf_value same(cf_value x)
{
    return x;
}

static cf_value fail(cf_value code)
{
    return cf_fail((int)cf_as_int(code), "no");
}

static cf_future *finished(cf_executor *pool, int n)
{
    cf_future *future = cf_submit(pool, same, n);
    cf_result(future);
    return future;
}

static cf_future *blocked(cf_executor *pool, struct gate *gate)
{
    return cf_submit(pool, pass_gate, cf_ptr(gate));
}

static void await_callers_blocked(size_t callers)
{
    struct cf_test_snapshot now;
    while (cf_test_snapshot(&now), now.callers_blocked != callers) {
        sched_yield();
    }
}

// ----- modes -----

static void all_completed_waits_for_all(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *futures[20];
        for (int i = 0; i < 20; i++) {
            futures[i] = cf_submit(pool, i % 3 == 0 ? fail : same, i + 1);
        }
        CU_ASSERT_EQUAL(cf_wait(futures, 20, CF_ALL_COMPLETED, CF_FOREVER), 20);
        for (int i = 0; i < 20; i++) {
            CU_ASSERT_TRUE(cf_done(futures[i]));
        }
    }
}

static void first_completed_waits_for_one(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 3)) {
        cf_future *slow = blocked(pool, &gate);
        cf_future *slow_too = blocked(pool, &gate);
        cf_future *quick = cf_submit(pool, same, 1);
        cf_future *futures[] = {slow, quick, slow_too};
        CU_ASSERT_EQUAL(cf_wait(futures, 3, CF_FIRST_COMPLETED, CF_FOREVER), 1);
        CU_ASSERT_PTR_EQUAL(futures[0], quick);
        CU_ASSERT_PTR_EQUAL(futures[1], slow);
        CU_ASSERT_PTR_EQUAL(futures[2], slow_too);
        gate_open(&gate);
    }
}

static void first_completed_returns_at_once_if_one_is_done(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *futures[] = {blocked(pool, &gate), finished(pool, 1)};
        CU_ASSERT_EQUAL(cf_wait(futures, 2, CF_FIRST_COMPLETED, CF_FOREVER), 1);
        gate_open(&gate);
    }
}

static void first_exception_waits_for_a_failure(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *slow = blocked(pool, &gate);
        cf_future *good = finished(pool, 1);
        cf_future *bad = cf_submit(pool, fail, 7);
        cf_future *futures[] = {slow, good, bad};
        CU_ASSERT_EQUAL(cf_wait(futures, 3, CF_FIRST_EXCEPTION, CF_FOREVER), 2);
        CU_ASSERT_PTR_EQUAL(futures[0], good);
        CU_ASSERT_PTR_EQUAL(futures[1], bad);
        gate_open(&gate);
    }
}

static void first_exception_sees_a_failure_of_the_past(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *bad = cf_submit(pool, fail, 7);
        cf_exception(bad);
        cf_future *futures[] = {blocked(pool, &gate), bad};
        CU_ASSERT_EQUAL(cf_wait(futures, 2, CF_FIRST_EXCEPTION, CF_FOREVER), 1);
        CU_ASSERT_PTR_EQUAL(futures[0], bad);
        gate_open(&gate);
    }
}

static void first_exception_without_one_waits_for_all(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *futures[10];
        for (int i = 0; i < 10; i++) {
            futures[i] = cf_submit(pool, same, i);
        }
        CU_ASSERT_EQUAL(cf_wait(futures, 10, CF_FIRST_EXCEPTION, CF_FOREVER),
                        10);
    }
}

static void first_exception_ignores_a_cancelled_task(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *slow = blocked(pool, &gate);
        cf_future *cancelled = cf_submit(pool, same, 1);
        cf_cancel(cancelled);
        cf_future *futures[] = {slow, cancelled};
        CU_ASSERT_EQUAL(cf_wait(futures, 2, CF_FIRST_EXCEPTION, 0), 1);
        CU_ASSERT_PTR_EQUAL(futures[0], cancelled);
        CU_ASSERT_EQUAL(cf_wait(futures, 2, CF_FIRST_EXCEPTION, 0.001), 1);
        gate_open(&gate);
        CU_ASSERT_EQUAL(cf_wait(futures, 2, CF_FIRST_EXCEPTION, CF_FOREVER), 2);
    }
}

// ----- the array -----

static void each_group_keeps_its_order(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *futures[9];
        cf_future *before[9];
        for (int i = 0; i < 9; i += 3) {
            futures[i] = finished(pool, i);
        }
        for (int i = 0; i < 9; i++) {
            if (i % 3 != 0) {
                futures[i] = blocked(pool, &gate);
            }
        }
        memcpy(before, futures, sizeof before);
        CU_ASSERT_EQUAL(cf_wait(futures, 9, CF_ALL_COMPLETED, 0), 3);
        static const int order[] = {0, 3, 6, 1, 2, 4, 5, 7, 8};
        for (int i = 0; i < 9; i++) {
            CU_ASSERT_PTR_EQUAL(futures[i], before[order[i]]);
        }
        gate_open(&gate);
    }
}

static void a_future_that_comes_again_counts_once(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *slow = blocked(pool, &gate);
        cf_future *done = finished(pool, 1);
        cf_future *futures[] = {slow, done, slow, done, done, slow};
        CU_ASSERT_EQUAL(cf_wait(futures, 6, CF_FIRST_COMPLETED, CF_FOREVER), 1);
        CU_ASSERT_PTR_EQUAL(futures[0], done);
        CU_ASSERT_PTR_EQUAL(futures[1], slow);
        int again = 0;
        for (int i = 2; i < 6; i++) {
            again += futures[i] == done ? 1 : 10;
        }
        CU_ASSERT_EQUAL(again, 22);
        gate_open(&gate);
        CU_ASSERT_EQUAL(cf_wait(futures, 6, CF_ALL_COMPLETED, CF_FOREVER), 2);
    }
}

static void many_that_come_again_count_once(void)
{
    enum { COUNT = 1000 };
    static cf_future *futures[2 * COUNT];
    cf_with (pool, cf_thread_pool()) {
        for (int i = 0; i < COUNT; i++) {
            futures[i] = futures[2 * COUNT - 1 - i] = cf_submit(pool, same, i);
        }
        CU_ASSERT_EQUAL(
            cf_wait(futures, 2 * COUNT, CF_ALL_COMPLETED, CF_FOREVER), COUNT);
    }
}

static void no_futures_are_done_at_once(void)
{
    CU_ASSERT_EQUAL(cf_wait(NULL, 0, CF_ALL_COMPLETED, CF_FOREVER), 0);
    CU_ASSERT_EQUAL(cf_wait(NULL, 0, CF_FIRST_COMPLETED, CF_FOREVER), 0);
}

static void futures_of_several_pools_may_be_mixed(void)
{
    cf_with (left, cf_thread_pool(.max_workers = 1)) {
        cf_with (right, cf_thread_pool(.max_workers = 1)) {
            cf_future *futures[20];
            for (int i = 0; i < 20; i++) {
                futures[i] = cf_submit(i % 2 == 0 ? left : right, same, i);
            }
            CU_ASSERT_EQUAL(cf_wait(futures, 20, CF_ALL_COMPLETED, CF_FOREVER),
                            20);
        }
    }
}

static void refused_and_kept_futures_are_done(void)
{
    cf_future *kept = NULL;
    cf_with (closed, cf_thread_pool()) {
        kept = cf_keep(cf_submit(closed, same, 1));
    }
    cf_with (pool, cf_thread_pool()) {
        fail_request(1, true);
        cf_future *immortal = cf_submit(pool, same, 1);
        fail_request(0, false);
        cf_shutdown(pool, CF_NO_WAIT);
        cf_future *futures[] = {kept, immortal, cf_submit(pool, same, 1)};
        CU_ASSERT_EQUAL(cf_wait(futures, 3, CF_ALL_COMPLETED, CF_FOREVER), 3);
        CU_ASSERT_EQUAL(cf_wait(futures, 3, CF_FIRST_EXCEPTION, CF_FOREVER), 3);
    }
    cf_release(kept);
}

// ----- time -----

static void when_the_time_is_over_it_says_how_many_are_done(void)
{
    static const double limits[] = {0, -1, (double)NAN, 1e-9, 0.002};
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *futures[] = {blocked(pool, &gate), finished(pool, 1)};
        for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
            CU_ASSERT_EQUAL(cf_wait(futures, 2, CF_ALL_COMPLETED, limits[i]),
                            1);
        }
        CU_ASSERT_FALSE(cf_done(futures[1]));
        gate_open(&gate);
        CU_ASSERT_EQUAL(cf_wait(futures, 2, CF_ALL_COMPLETED, 3600), 2);
    }
}

static void a_wait_of_no_time_is_a_poll(void)
{
    struct gate gate = GATE_CLOSED;
    struct cf_test_snapshot now;
    cf_test_begin(NULL, NULL);
    cf_with (pool, cf_thread_pool()) {
        cf_future *futures[] = {blocked(pool, &gate)};
        cf_wait(futures, 1, CF_ALL_COMPLETED, 0);
        cf_test_snapshot(&now);
        CU_ASSERT_EQUAL(now.polls, 1);
        gate_open(&gate);
        cf_wait(futures, 1, CF_ALL_COMPLETED, CF_FOREVER);
        cf_wait(futures, 1, CF_ALL_COMPLETED, 0);
        cf_test_snapshot(&now);
        CU_ASSERT_EQUAL(now.polls, 1);
    }
    cf_test_end();
}

// ----- waking -----

struct waiting {
    cf_future *futures[3];
    enum cf_wait_mode mode;
    size_t done;
};

static void *wait_in_thread(void *arg)
{
    struct waiting *waiting = arg;
    waiting->done = cf_wait(waiting->futures, 3, waiting->mode, CF_FOREVER);
    return NULL;
}

static pthread_t start_waiting(struct waiting *waiting)
{
    pthread_t thread;
    CU_ASSERT_EQUAL_FATAL(
        pthread_create(&thread, NULL, wait_in_thread, waiting), 0);
    return thread;
}

static void whoever_waits_is_blocked_until_it_has_happened(void)
{
    struct gate gates[3] = {GATE_CLOSED, GATE_CLOSED, GATE_CLOSED};
    cf_test_begin(NULL, NULL);
    cf_with (pool, cf_thread_pool(.max_workers = 3)) {
        struct waiting all = {.mode = CF_ALL_COMPLETED};
        struct waiting first = {.mode = CF_FIRST_COMPLETED};
        for (int i = 0; i < 3; i++) {
            all.futures[i] = first.futures[i] = blocked(pool, &gates[i]);
        }
        const pthread_t waits_for_all = start_waiting(&all);
        const pthread_t waits_for_first = start_waiting(&first);
        await_callers_blocked(2);
        gate_open(&gates[1]);
        await_callers_blocked(1);
        pthread_join(waits_for_first, NULL);
        gate_open(&gates[0]);
        CU_ASSERT_TRUE(first.done >= 1);
        gate_open(&gates[2]);
        await_callers_blocked(0);
        pthread_join(waits_for_all, NULL);
        CU_ASSERT_EQUAL(all.done, 3);
    }
    cf_test_end();
}

static void a_cancel_wakes(void)
{
    struct gate gate = GATE_CLOSED;
    cf_test_begin(NULL, NULL);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        struct waiting waiting = {.mode = CF_FIRST_COMPLETED};
        for (int i = 0; i < 3; i++) {
            waiting.futures[i] = blocked(pool, &gate);
        }
        cf_future *victim = waiting.futures[2];
        gate_await(&gate, 1);
        const pthread_t thread = start_waiting(&waiting);
        await_callers_blocked(1);
        CU_ASSERT_TRUE(cf_cancel(victim));
        pthread_join(thread, NULL);
        CU_ASSERT_EQUAL(waiting.done, 1);
        CU_ASSERT_PTR_EQUAL(waiting.futures[0], victim);
        gate_open(&gate);
    }
    cf_test_end();
}

static void many_may_wait_for_the_same_future(void)
{
    enum { THREADS = 9 };
    struct gate gate = GATE_CLOSED;
    cf_test_begin(NULL, NULL);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        struct waiting waiting[THREADS];
        pthread_t threads[THREADS];
        cf_future *future = blocked(pool, &gate);
        for (int i = 0; i < THREADS; i++) {
            waiting[i] =
                (struct waiting){{future, future, future}, CF_ALL_COMPLETED, 0};
            threads[i] = start_waiting(&waiting[i]);
        }
        await_callers_blocked(THREADS);
        gate_open(&gate);
        for (int i = 0; i < THREADS; i++) {
            pthread_join(threads[i], NULL);
            CU_ASSERT_EQUAL(waiting[i].done, 1);
        }
    }
    cf_test_end();
}

static void no_wake_up_is_lost_while_they_finish(void)
{
    static cf_future *futures[100];
    for (int round = 0; round < 60; round++) {
        cf_with (pool, cf_thread_pool(.max_workers = 1 + round % 4)) {
            for (int i = 0; i < 100; i++) {
                futures[i] = cf_submit(pool, same, i);
            }
            size_t done = 0;
            while (done < 100) {
                done += cf_wait(futures + done, 100 - done, CF_FIRST_COMPLETED,
                                CF_FOREVER);
            }
            CU_ASSERT_EQUAL(done, 100);
        }
    }
}

static void leaving_early_leaves_nothing_behind(void)
{
    for (int round = 0; round < 300; round++) {
        cf_with (pool, cf_thread_pool(.max_workers = 2)) {
            cf_future *futures[10];
            for (int i = 0; i < 10; i++) {
                futures[i] = cf_submit(pool, same, i);
            }
            cf_wait(futures, 10, CF_FIRST_COMPLETED, 1e-6);
            cf_wait(futures, 10, CF_ALL_COMPLETED, 1e-6);
        }
    }
}

// ----- inside a task -----

static cf_executor *pool_of_tasks;

static cf_value wait_inside(cf_value mode)
{
    cf_future *futures[5];
    for (int i = 0; i < 5; i++) {
        futures[i] = cf_submit(pool_of_tasks, i == 2 ? fail : same, i);
    }
    const size_t done =
        cf_wait(futures, 5, (enum cf_wait_mode)cf_as_int(mode), CF_FOREVER);
    return cf_int((int64_t)done);
}

static void on_a_pool_of_one_worker_tasks_are_run_in_place(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        pool_of_tasks = pool;
        static const int expected[] = {5, 1, 3};  // by mode
        for (int mode = 0; mode < 3; mode++) {
            cf_future *future = cf_submit(pool, wait_inside, mode);
            CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), expected[mode]);
        }
        CU_ASSERT_EQUAL(threads_created(), 1);
    }
}

// ----- failure and wrong use -----

static void without_memory_it_returns_none(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *futures[] = {finished(pool, 1), finished(pool, 2)};
        cf_future *const first = futures[0];
        for (unsigned n = 1; n <= 2; n++) {
            fail_request(n, false);
            CU_ASSERT_EQUAL(cf_wait(futures, 2, CF_ALL_COMPLETED, CF_FOREVER),
                            0);
            CU_ASSERT_PTR_EQUAL(futures[0], first);
        }
        fail_request(0, false);
        CU_ASSERT_EQUAL(cf_wait(futures, 2, CF_ALL_COMPLETED, CF_FOREVER), 2);
    }
}

static void wait_in_no_mode(void)
{
    cf_wait(NULL, 0, (enum cf_wait_mode)3, CF_FOREVER);
}

static void wait_for_null(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *futures[] = {cf_submit(pool, same, 1), NULL};
        cf_wait(futures, 2, CF_ALL_COMPLETED, CF_FOREVER);
    }
}

static void wait_for_no_array(void)
{
    cf_wait(NULL, 2, CF_ALL_COMPLETED, CF_FOREVER);
}

static void wrong_use_stops_the_program(void)
{
    CHECK_STOPS(wait_in_no_mode, "cf_wait: there is no mode 3");
    CHECK_STOPS(wait_for_null, "cf_wait: the future number 2 of 2 is NULL");
    CHECK_STOPS(wait_for_no_array, "cf_wait: the array of futures is NULL");
}

static CU_TestInfo modes[] = {
    TEST(all_completed_waits_for_all),
    TEST(first_completed_waits_for_one),
    TEST(first_completed_returns_at_once_if_one_is_done),
    TEST(first_exception_waits_for_a_failure),
    TEST(first_exception_sees_a_failure_of_the_past),
    TEST(first_exception_without_one_waits_for_all),
    TEST(first_exception_ignores_a_cancelled_task),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo arrays[] = {
    TEST(each_group_keeps_its_order),
    TEST(a_future_that_comes_again_counts_once),
    TEST(many_that_come_again_count_once),
    TEST(no_futures_are_done_at_once),
    TEST(futures_of_several_pools_may_be_mixed),
    TEST(refused_and_kept_futures_are_done),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo limits[] = {
    TEST(when_the_time_is_over_it_says_how_many_are_done),
    TEST(a_wait_of_no_time_is_a_poll),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo waking[] = {
    TEST(whoever_waits_is_blocked_until_it_has_happened),
    TEST(a_cancel_wakes),
    TEST(many_may_wait_for_the_same_future),
    TEST(no_wake_up_is_lost_while_they_finish),
    TEST(leaving_early_leaves_nothing_behind),
    TEST(on_a_pool_of_one_worker_tasks_are_run_in_place),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo misuse[] = {
    TEST(without_memory_it_returns_none),
    TEST(wrong_use_stops_the_program),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("modes", modes),   SUITE("the array", arrays), SUITE("time", limits),
    SUITE("waking", waking), SUITE("wrong use", misuse), CU_SUITE_INFO_NULL,
};
