// Promises: a result set by hand, once; and that nobody waits for ever for one
// that nobody keeps.

#include <cfutures.h>

#include "support.h"

#include <cfutures_testing.h>
#include <errno.h>
#include <sched.h>
#include <stdatomic.h>

static cf_value same(cf_value x)
{
    return x;
}

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

static void await_callers_blocked(size_t callers)
{
    struct cf_test_snapshot now;
    while (cf_test_snapshot(&now), now.callers_blocked != callers) {
        sched_yield();
    }
}

static void whoever_waits_wakes(void)
{
    cf_test_begin(NULL, NULL);
    cf_with (pool, cf_thread_pool()) {
        cf_future *promise = cf_promise(pool);
        pthread_t thread;
        CU_ASSERT_EQUAL_FATAL(
            pthread_create(&thread, NULL, wait_for_number, promise), 0);
        await_callers_blocked(1);
        cf_set_result(promise, 7);
        await_callers_blocked(0);
        void *number = NULL;
        pthread_join(thread, &number);
        CU_ASSERT_EQUAL((intptr_t)number, 7);
    }
    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    CU_ASSERT_EQUAL(now.submitted, 0);
    CU_ASSERT_EQUAL(now.finished, 0);
    cf_test_end();
}

static void it_is_a_future_as_others(void)
{
    calls = 0;
    cf_with (pool, cf_thread_pool()) {
        cf_future *promise = cf_promise(pool);
        cf_future *tail = cf_then(promise, same);
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

// ----- the pool ends -----

static void closing_ends_what_nobody_has_set(void)
{
    calls = 0;
    cf_future *kept = NULL;
    cf_future *tail = NULL;
    cf_with (pool, cf_thread_pool()) {
        kept = cf_keep(cf_promise(pool));
        cf_promise(pool);
        tail = cf_keep(cf_then(kept, same));
        cf_on_done(kept, count_call, 0);
    }
    CU_ASSERT_EQUAL(code_of(kept), CF_ESHUTDOWN);
    CU_ASSERT_EQUAL(code_of(tail), CF_ESHUTDOWN);
    CU_ASSERT_EQUAL(calls, 1);
    CU_ASSERT_FALSE(cf_set_result(kept, 1));
    cf_release(kept);
    cf_release(tail);
}

static cf_value note_error(cf_value error)
{
    calls = cf_as_error(error)->code;
    return cf_none();
}

static void what_goes_on_from_there_still_runs(void)
{
    calls = 0;
    cf_with (pool, cf_thread_pool()) {
        cf_catch(cf_promise(pool), note_error);
    }
    CU_ASSERT_EQUAL(calls, CF_ESHUTDOWN);
}

static void tasks_may_set_it_while_the_pool_is_closed(void)
{
    cf_future *kept = NULL;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        kept = cf_keep(cf_promise(pool));
        for (int i = 0; i < 20; i++) {
            cf_submit(pool, same, i);
        }
        cf_submit_with(pool, set_it, cf_ptr(kept), 7);
    }
    CU_ASSERT_EQUAL(cf_as_int(cf_result(kept)), 7);
    cf_release(kept);
}

// ----- the pool ends while its own tasks wait -----

static cf_executor *the_pool;

static cf_value wait_with_wait(cf_value promise)
{
    cf_future *future = cf_as_ptr(promise);
    return cf_int((int64_t)cf_wait(&future, 1, CF_FIRST_COMPLETED, CF_FOREVER));
}

static cf_value wait_with_as_completed(cf_value promise)
{
    cf_future *future = cf_as_ptr(promise);
    cf_for_completed (done, &future, 1) {
        return cf_int(done == future);
    }
    return cf_int(0);
}

static cf_value wait_with_map(cf_value promise)
{
    cf_for (value, cf_map(the_pool, wait_for_it, &promise, 1)) {
        return cf_int(cf_failed(value));
    }
    return cf_int(0);
}

static cf_value wait_behind_another(cf_value promise)
{
    return cf_result(cf_submit(the_pool, wait_for_it, promise));
}

static void closing_ends_what_only_its_own_tasks_wait_for(void)
{
    cf_future *tasks[5];
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        the_pool = pool;
        cf_value promise = cf_ptr(cf_promise(pool));
        tasks[0] = cf_keep(cf_submit(pool, wait_for_it, promise));
        tasks[1] = cf_keep(cf_submit(pool, wait_with_wait, promise));
        tasks[2] = cf_keep(cf_submit(pool, wait_with_as_completed, promise));
        tasks[3] = cf_keep(cf_submit(pool, wait_with_map, promise));
        tasks[4] = cf_keep(cf_submit(pool, wait_behind_another, promise));
    }
    CU_ASSERT_EQUAL(code_of(tasks[0]), CF_ESHUTDOWN);
    CU_ASSERT_EQUAL(cf_as_int(cf_result(tasks[1])), 1);
    CU_ASSERT_EQUAL(cf_as_int(cf_result(tasks[2])), 1);
    CU_ASSERT_EQUAL(cf_as_int(cf_result(tasks[3])), 1);
    CU_ASSERT_EQUAL(code_of(tasks[4]), CF_ESHUTDOWN);
    for (int i = 0; i < 5; i++) {
        cf_release(tasks[i]);
    }
}

static void closing_within_a_time_ends_it_as_well(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 1);
    cf_submit(pool, wait_for_it, cf_ptr(cf_promise(pool)));
    CU_ASSERT_TRUE(cf_close_within(pool, 1e6));
}

static cf_value set_when_told(cf_value next, cf_value promise)
{
    const int code = code_of(cf_as_ptr(promise));
    return cf_int(cf_set_result(cf_as_ptr(next), code));
}

static void who_goes_on_may_still_set_the_next(void)
{
    cf_future *waits;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *second = cf_promise(pool);
        cf_future *first = cf_promise(pool);
        waits = cf_keep(cf_submit(pool, wait_for_it, cf_ptr(second)));
        cf_submit_with(pool, set_when_told, cf_ptr(second), cf_ptr(first));
    }
    CU_ASSERT_EQUAL(cf_as_int(cf_result(waits)), CF_ESHUTDOWN);
    cf_release(waits);
}

static void *set_number(void *promise)
{
    await_callers_blocked(2);  // the task, and who closes its pool
    cf_set_result((cf_future *)promise, 7);
    return NULL;
}

// A task that waits for another pool can go on: nothing is ended before.
static void what_another_pool_will_set_is_waited_for(void)
{
    cf_future *kept;
    cf_test_begin(NULL, NULL);
    cf_executor *other = cf_thread_pool();
    cf_future *foreign = cf_promise(other);
    pthread_t thread;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        kept = cf_keep(cf_promise(pool));
        cf_future *task = cf_submit(pool, wait_for_it, cf_ptr(foreign));
        await_callers_blocked(1);
        cf_then_with(task, set_it, cf_ptr(kept));
        CU_ASSERT_EQUAL_FATAL(
            pthread_create(&thread, NULL, set_number, foreign), 0);
    }
    pthread_join(thread, NULL);
    CU_ASSERT_EQUAL(cf_as_int(cf_result(kept)), 7);
    cf_release(kept);
    cf_close(other);
    cf_test_end();
}

static atomic_bool looked_stuck;

static void look_whether_stuck(void *unused)
{
    (void)unused;
    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    looked_stuck = looked_stuck || now.callers_blocked > 1;
}

static cf_value wait_when_closing(cf_value promise)
{
    await_callers_blocked(1);  // who closes the pool
    return cf_result(cf_as_ptr(promise));
}

static void at_no_moment_does_it_look_stuck(void)
{
    looked_stuck = false;
    cf_test_begin(look_whether_stuck, NULL);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_submit(pool, wait_when_closing, cf_ptr(cf_promise(pool)));
    }
    await_callers_blocked(0);
    cf_test_end();
    CU_ASSERT_FALSE(looked_stuck);
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
        cf_set_result(cf_submit(pool, same, 1), 2);
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
                            "of a task, which sets its result itself: same");
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
    CU_TEST_INFO_NULL,
};

static CU_TestInfo ends[] = {
    TEST(closing_ends_what_nobody_has_set),
    TEST(what_goes_on_from_there_still_runs),
    TEST(tasks_may_set_it_while_the_pool_is_closed),
    TEST(closing_ends_what_only_its_own_tasks_wait_for),
    TEST(closing_within_a_time_ends_it_as_well),
    TEST(who_goes_on_may_still_set_the_next),
    TEST(what_another_pool_will_set_is_waited_for),
    TEST(at_no_moment_does_it_look_stuck),
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
    SUITE("the pool ends", ends),
    SUITE("without memory, and wrong use", misuse),
    CU_SUITE_INFO_NULL,
};
