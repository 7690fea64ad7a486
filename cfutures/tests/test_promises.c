// Promises: a result set by hand, once. What becomes of those that nobody sets
// is in test_promises_unset.c.

#include <cfutures.h>

#include "support.h"
#include "watching.h"

#include <errno.h>
#include <stdatomic.h>

static atomic_int calls;

static void count_call(cf_future *future, cf_value context)
{
    (void)future;
    (void)context;
    calls++;
}

// ----- setting -----

static void a_result_is_set_once(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *promise = cf_promise(pool);
        CU_ASSERT_FALSE(cf_done(promise));
        CU_ASSERT_FALSE(cf_running(promise));
        CU_ASSERT_TRUE(cf_set_result(promise, "first"));
        CU_ASSERT_TRUE(cf_done(promise));
        CU_ASSERT_FALSE(cf_set_result(promise, cf_format("second")));
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(promise)), "first");
        CU_ASSERT_EQUAL(threads_created(), 0);
    }
}

static void an_error_is_a_failure(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *promise = cf_promise(pool);
        const cf_value error = cf_fail(EIO, "broken");
        CU_ASSERT_TRUE(cf_set_result(promise, error));
        CU_ASSERT_FALSE(cf_set_result(promise, 1));
        CU_ASSERT_EQUAL(code_of(promise), EIO);
    }
}

static void a_cancelled_promise_takes_no_result(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *promise = cf_promise(pool);
        CU_ASSERT_TRUE(cf_cancel(promise));
        CU_ASSERT_FALSE(cf_set_result(promise, cf_format("late")));
        CU_ASSERT_TRUE(cf_cancelled(promise));
        cf_future *kept = cf_promise(pool);
        cf_set_result(kept, 1);
        CU_ASSERT_FALSE(cf_cancel(kept));
    }
}

static void *wait_for_number(void *future)
{
    return (void *)(intptr_t)cf_as_int(cf_result(future));
}

static void whoever_waits_wakes(void)
{
    watch_begin(NULL);
    cf_with (pool, cf_thread_pool()) {
        cf_future *promise = cf_promise(pool);
        pthread_t thread;
        CU_ASSERT_EQUAL_FATAL(
            pthread_create(&thread, NULL, wait_for_number, promise), 0);
        await_blocked(1);
        cf_set_result(promise, 7);
        await_blocked(0);
        void *number = NULL;
        pthread_join(thread, &number);
        CU_ASSERT_EQUAL((intptr_t)number, 7);
    }
    CU_ASSERT_EQUAL(snapshot().submitted, 0);
    CU_ASSERT_EQUAL(snapshot().finished, 0);
    watch_end();
}

static void it_is_a_future_as_others(void)
{
    calls = 0;
    cf_with (pool, cf_thread_pool()) {
        cf_future *promise = cf_promise(pool);
        cf_future *tail = cf_then(promise, itself);
        cf_on_done(promise, count_call, 0);
        cf_future *both[] = {promise, tail};
        CU_ASSERT_EQUAL(cf_wait(both, 2, CF_ALL_COMPLETED, 0), 0);
        CU_ASSERT_EQUAL(cf_as_error(cf_result_within(promise, 0.001))->code,
                        CF_ETIMEOUT);
        cf_set_result(promise, 7);
        CU_ASSERT_EQUAL(calls, 1);
        CU_ASSERT_EQUAL(cf_wait(both, 2, CF_ALL_COMPLETED, CF_FOREVER), 2);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(tail)), 7);
    }
}

static cf_value set_it(cf_value context, cf_value result)
{
    return cf_int(cf_set_result(cf_as_ptr(context), result));
}

static void one_of_many_sets_it(void)
{
    for (int round = 0; round < 100; round++) {
        cf_with (pool, cf_thread_pool(.max_workers = 4)) {
            cf_future *promise = cf_promise(pool);
            cf_future *futures[8];
            for (int i = 0; i < 8; i++) {
                futures[i] =
                    cf_submit_with(pool, set_it, cf_ptr(promise), "a text");
            }
            int64_t times = 0;
            for (int i = 0; i < 8; i++) {
                times += cf_as_int(cf_result(futures[i]));
            }
            CU_ASSERT_EQUAL(times, 1);
            CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(promise)), "a text");
        }
    }
}

static cf_value wait_for_it(cf_value promise)
{
    return cf_result(cf_as_ptr(promise));
}

static void tasks_may_wait_for_what_tasks_set(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *promise = cf_promise(pool);
        cf_future *waits = cf_submit(pool, wait_for_it, cf_ptr(promise));
        cf_submit_with(pool, set_it, cf_ptr(promise), 7);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(waits)), 7);
    }
}

static void a_shutdown_does_not_end_it(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *promise = cf_promise(pool);
        cf_shutdown(pool, CF_WAIT);
        CU_ASSERT_FALSE(cf_done(promise));
        CU_ASSERT_TRUE(cf_set_result(promise, 7));
        CU_ASSERT_EQUAL(code_of(cf_promise(pool)), CF_ESHUTDOWN);
    }
}

static void a_promise_may_be_released_before_it_is_set(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_release(cf_promise(pool));
        cf_future *kept = cf_keep(cf_promise(pool));
        cf_release(kept);
        cf_set_result(kept, "text");
        cf_release(kept);
    }
}

// ----- without memory, and wrong use -----

static void without_memory_it_has_failed(void)
{
    cf_with (pool, cf_thread_pool()) {
        fail_request(1, false);
        cf_future *promise = cf_promise(pool);
        CU_ASSERT_EQUAL(code_of(promise), ENOMEM);
        CU_ASSERT_FALSE(cf_set_result(promise, cf_format("text")));
        cf_future *second = cf_promise(pool);
        fail_request(1, false);
        CU_ASSERT_TRUE(cf_set_result(second, "text"));
        CU_ASSERT_EQUAL(code_of(second), ENOMEM);
    }
}

static void a_broken_pool_makes_none(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = -1)) {
        CU_ASSERT_EQUAL(code_of(cf_promise(pool)), CF_EBROKEN);
    }
    fail_request(1, true);
    cf_with (pool, cf_thread_pool()) {
        CU_ASSERT_EQUAL(code_of(cf_promise(pool)), CF_EBROKEN);
    }
}

static void set_a_task(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_set_result(cf_submit(pool, itself, 1), 2);
    }
}

static void set_nothing(void)
{
    cf_set_result(NULL, 2);
}

static void promise_without_pool(void)
{
    cf_promise(NULL);
}

static void wrong_use_stops_the_program(void)
{
    CHECK_STOPS(set_a_task, "cf_set_result: this is no promise, but the future "
                            "of a task, which sets its result itself: itself");
    CHECK_STOPS(set_nothing, "cf_set_result: the promise is NULL");
    CHECK_STOPS(promise_without_pool, "cf_promise: the pool is NULL");
}

static CU_TestInfo setting[] = {
    TEST(a_result_is_set_once),
    TEST(an_error_is_a_failure),
    TEST(a_cancelled_promise_takes_no_result),
    TEST(whoever_waits_wakes),
    TEST(it_is_a_future_as_others),
    TEST(one_of_many_sets_it),
    TEST(tasks_may_wait_for_what_tasks_set),
    TEST(a_shutdown_does_not_end_it),
    TEST(a_promise_may_be_released_before_it_is_set),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo misuse[] = {
    TEST(without_memory_it_has_failed),
    TEST(a_broken_pool_makes_none),
    TEST(wrong_use_stops_the_program),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("setting", setting),
    SUITE("without memory, and wrong use", misuse),
    CU_SUITE_INFO_NULL,
};
