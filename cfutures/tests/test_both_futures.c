// Futures, callbacks, chains and promises, in pools of threads and in pools of
// processes.

#include <cfutures.h>

#include "kinds.h"

#include <errno.h>
#include <sched.h>

// ----- futures -----

static void many_tasks_run(void)
{
    cf_future *futures[200];
    cf_with (pool, make_pool(3)) {
        for (int i = 0; i < 200; i++) {
            futures[i] = cf_submit(pool, itself, i);
        }
        for (int i = 0; i < 200; i++) {
            CU_ASSERT_EQUAL(cf_as_int(cf_result(futures[i])), i);
        }
    }
}

static cf_value add(cf_value a, cf_value b)
{
    return cf_int(cf_as_int(a) + cf_as_int(b));
}

static void tasks_go_on_with_a_context(void)
{
    cf_with (pool, make_pool(1)) {
        cf_future *sum = cf_submit_with(pool, add, 1, 2);
        cf_future *more = cf_then_with(sum, add, 10);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(more)), 13);
        cf_future *kept = cf_finally(more, itself);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(kept)), 13);
    }
}

// ----- states, cancelling, waiting -----

static void a_future_goes_through_its_states(void)
{
    cf_with (pool, make_pool(1)) {
        cf_future *first = cf_submit(pool, pass, 1);
        cf_future *second = cf_submit(pool, itself, 2);
        await_arrived(1);
        CU_ASSERT_TRUE(cf_running(first));
        CU_ASSERT_FALSE(cf_done(first));
        CU_ASSERT_EQUAL(cf_look(second).state, CF_PENDING);
        open_the_gate();
        CU_ASSERT_EQUAL(cf_as_int(cf_result(second)), 2);
        CU_ASSERT_TRUE(cf_done(first));
        CU_ASSERT_EQUAL(cf_look(first).state, CF_FINISHED);
    }
}

static void what_has_not_started_can_be_cancelled(void)
{
    cf_with (pool, make_pool(1)) {
        cf_future *running = cf_submit(pool, pass, 1);
        cf_future *pending = cf_submit(pool, pass, 2);
        await_arrived(1);
        CU_ASSERT_FALSE(cf_cancel(running));
        CU_ASSERT_TRUE(cf_cancel(pending));
        CU_ASSERT_EQUAL(code_of(pending), CF_ECANCELLED);
        open_the_gate();
        CU_ASSERT_EQUAL(cf_as_int(cf_result(running)), 1);
    }
    CU_ASSERT_EQUAL(arrived(), 1);
}

static void waits_tell_who_is_done(void)
{
    cf_with (pool, make_pool(2)) {
        cf_future *futures[] = {cf_submit(pool, pass, 1),
                                cf_submit(pool, itself, 2)};
        cf_future *slow = futures[0];
        CU_ASSERT_EQUAL(cf_wait(futures, 2, CF_FIRST_COMPLETED, CF_FOREVER), 1);
        CU_ASSERT_PTR_EQUAL(futures[1], slow);
        CU_ASSERT_EQUAL(cf_wait(futures, 2, CF_ALL_COMPLETED, 0.01), 1);
        const cf_value late = cf_result_within(slow, 0.01);
        CU_ASSERT_EQUAL(cf_as_error(late)->code, CF_ETIMEOUT);
        open_the_gate();
        int64_t sum = 0;
        cf_for_completed (future, futures, 2) {
            sum += cf_as_int(cf_result(future));
        }
        CU_ASSERT_EQUAL(sum, 3);
    }
}

static cf_value wait_to_be_stopped(cf_value unused)
{
    (void)unused;
    arrive();
    while (!cf_stopping()) {
        sched_yield();
    }
    return cf_int(7);
}

static void a_running_task_hears_of_the_request(void)
{
    cf_with (pool, make_pool(1)) {
        cf_future *future = cf_submit(pool, wait_to_be_stopped, 0);
        await_arrived(1);
        CU_ASSERT_TRUE(cf_stop(future));
        CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 7);
        cf_future *next = cf_submit(pool, pass, 1);
        open_the_gate();
        CU_ASSERT_EQUAL(cf_as_int(cf_result(next)), 1);
    }
}

// ----- callbacks, chains, promises -----

static void count_call(cf_future *future, cf_value counter)
{
    *(int *)cf_as_ptr(counter) += (int)cf_as_int(cf_result(future));
}

static void callbacks_are_called_here(void)
{
    int sum = 0;
    cf_with (pool, make_pool(1)) {
        cf_future *future = cf_submit(pool, pass, 5);
        cf_on_done(future, count_call, cf_ptr(&sum));
        cf_on_done(future, count_call, cf_ptr(&sum));
        open_the_gate();
    }
    CU_ASSERT_EQUAL(sum, 10);
}

static cf_future *last;  // a promise, set by the last callback

static void wait_for_another(cf_future *future, cf_value pool)
{
    const int64_t number = cf_as_int(cf_result(future));
    if (number < 3) {
        cf_future *next = cf_submit(cf_as_ptr(pool), itself, number + 1);
        cf_on_done(next, wait_for_another, pool);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(next)), number + 1);
    } else {
        cf_set_result(last, number);
    }
}

static void a_callback_may_wait_for_a_task_of_the_pool(void)
{
    cf_with (pool, make_pool(1)) {
        last = cf_promise(pool);
        cf_on_done(cf_submit(pool, itself, 0), wait_for_another, cf_ptr(pool));
        CU_ASSERT_EQUAL(cf_as_int(cf_result(last)), 3);
    }
}

static void wait_for_many(cf_future *future, cf_value pool)
{
    cf_future *futures[50];
    (void)future;
    for (int i = 0; i < 50; i++) {
        futures[i] = cf_submit(cf_as_ptr(pool), itself, i);
    }
    for (int i = 49; i >= 0; i--) {
        CU_ASSERT_EQUAL(cf_as_int(cf_result(futures[i])), i);
    }
}

// In a thread that is none of the pool's.
static void so_may_one_that_is_called_at_once(void)
{
    cf_with (pool, make_pool(1)) {
        cf_future *done = cf_submit(pool, itself, 1);
        cf_result(done);
        cf_on_done(done, wait_for_many, cf_ptr(pool));
    }
}

static cf_value recover(cf_value error)
{
    return cf_int(cf_as_error(error)->code);
}

static void errors_go_along_a_chain(void)
{
    cf_with (pool, make_pool(2)) {
        cf_future *failed = cf_submit(pool, divide, 0);
        cf_future *skipped = cf_then(failed, itself);
        cf_future *caught = cf_catch(skipped, recover);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(caught)), EINVAL);
        CU_ASSERT_EQUAL(code_of(cf_finally(failed, recover)), EINVAL);
    }
}

static void a_promise_goes_on_into_tasks(void)
{
    cf_with (pool, make_pool(1)) {
        cf_future *promise = cf_promise(pool);
        cf_future *next = cf_then(promise, shout);
        CU_ASSERT_TRUE(cf_set_result(promise, "Hello"));
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(next)), "Hello!");
    }
}

static CU_TestInfo tests[] = {
    TEST(many_tasks_run),
    TEST(tasks_go_on_with_a_context),
    TEST(a_future_goes_through_its_states),
    TEST(what_has_not_started_can_be_cancelled),
    TEST(waits_tell_who_is_done),
    TEST(a_running_task_hears_of_the_request),
    TEST(callbacks_are_called_here),
    TEST(a_callback_may_wait_for_a_task_of_the_pool),
    TEST(so_may_one_that_is_called_at_once),
    TEST(errors_go_along_a_chain),
    TEST(a_promise_goes_on_into_tasks),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITES_FOR_BOTH_KINDS(tests),
    CU_SUITE_INFO_NULL,
};
