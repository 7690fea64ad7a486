// Cancelling: what has not started never will, what has started goes on, and
// whoever waits is told at once.

#include <cfutures.h>

#include "support.h"

#include <cfutures_testing.h>
#include <sched.h>
#include <stdatomic.h>

static atomic_int runs;

static cf_value count_run(cf_value arg)
{
    runs++;
    return arg;
}

// A pool of one worker, and a gate that keeps this worker busy: whatever is
// submitted stays in the queue until the gate is opened.
struct busy_pool {
    cf_executor *pool;
    cf_future *running;
    struct gate gate;
};

#define BUSY_POOL               \
    {                           \
        NULL, NULL, GATE_CLOSED \
    }

static void busy_pool_open(struct busy_pool *busy)
{
    runs = 0;
    busy->pool = cf_thread_pool(.max_workers = 1);
    busy->running = cf_submit(busy->pool, pass_gate, cf_ptr(&busy->gate));
    gate_await(&busy->gate, 1);
}

static void busy_pool_close(struct busy_pool *busy)
{
    gate_open(&busy->gate);
    cf_close(busy->pool);
}

// ----- what can be cancelled -----

static void a_pending_task_is_cancelled_and_never_runs(void)
{
    struct busy_pool busy = BUSY_POOL;
    busy_pool_open(&busy);
    cf_future *future = cf_submit(busy.pool, count_run, 1);
    CU_ASSERT_TRUE(cf_cancel(future));
    CU_ASSERT_TRUE(cf_cancelled(future));
    CU_ASSERT_TRUE(cf_done(future));
    CU_ASSERT_FALSE(cf_running(future));
    busy_pool_close(&busy);
    CU_ASSERT_EQUAL(runs, 0);
}

static void a_cancelled_task_may_be_cancelled_again(void)
{
    struct busy_pool busy = BUSY_POOL;
    busy_pool_open(&busy);
    cf_future *future = cf_submit(busy.pool, count_run, 1);
    CU_ASSERT_TRUE(cf_cancel(future));
    CU_ASSERT_TRUE(cf_cancel(future));
    busy_pool_close(&busy);
}

static void a_running_task_is_not_cancelled_and_goes_on(void)
{
    struct busy_pool busy = BUSY_POOL;
    busy_pool_open(&busy);
    CU_ASSERT_FALSE(cf_cancel(busy.running));
    CU_ASSERT_FALSE(cf_cancelled(busy.running));
    CU_ASSERT_TRUE(cf_running(busy.running));
    gate_open(&busy.gate);
    CU_ASSERT_EQUAL(cf_as_int(cf_result(busy.running)), 1);
    busy_pool_close(&busy);
}

static void a_finished_task_is_not_cancelled_and_keeps_its_result(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, count_run, 7);
        cf_result(future);
        CU_ASSERT_FALSE(cf_cancel(future));
        CU_ASSERT_FALSE(cf_cancelled(future));
        CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 7);
    }
}

static void a_refused_task_is_not_cancelled(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_shutdown(pool, CF_NO_WAIT);
        cf_future *refused = cf_submit(pool, count_run, 1);
        CU_ASSERT_FALSE(cf_cancel(refused));
        CU_ASSERT_EQUAL(code_of(refused), CF_ESHUTDOWN);
    }
    cf_with (pool, cf_thread_pool()) {
        fail_request(1, true);
        cf_future *immortal = cf_submit(pool, count_run, 1);
        fail_request(0, false);
        CU_ASSERT_FALSE(cf_cancel(immortal));
        CU_ASSERT_FALSE(cf_cancelled(immortal));
    }
}

static void the_others_in_the_queue_run_as_before(void)
{
    for (int cancelled = 0; cancelled < 3; cancelled++) {
        struct busy_pool busy = BUSY_POOL;
        busy_pool_open(&busy);
        cf_future *futures[3];  // cancelled at the front, middle or end
        for (int i = 0; i < 3; i++) {
            futures[i] = cf_submit(busy.pool, count_run, i);
        }
        CU_ASSERT_TRUE(cf_cancel(futures[cancelled]));
        gate_open(&busy.gate);
        for (int i = 0; i < 3; i++) {
            CU_ASSERT_EQUAL(code_of(futures[i]),
                            i == cancelled ? CF_ECANCELLED : 0);
        }
        busy_pool_close(&busy);
        CU_ASSERT_EQUAL(runs, 2);
    }
}

static cf_value cancel_it(cf_value future)
{
    return cf_int(cf_cancel(cf_as_ptr(future)));
}

static void a_task_may_cancel_another_one(void)
{
    struct busy_pool busy = BUSY_POOL;
    busy_pool_open(&busy);
    cf_future *victim = NULL;
    cf_with (other, cf_thread_pool()) {
        victim = cf_submit(busy.pool, count_run, 1);
        cf_future *canceller = cf_submit(other, cancel_it, cf_ptr(victim));
        CU_ASSERT_EQUAL(cf_as_int(cf_result(canceller)), 1);
    }
    CU_ASSERT_TRUE(cf_cancelled(victim));
    busy_pool_close(&busy);
    CU_ASSERT_EQUAL(runs, 0);
}

// ----- who waits is told -----

static void the_result_of_a_cancelled_task_is_an_error(void)
{
    struct busy_pool busy = BUSY_POOL;
    busy_pool_open(&busy);
    cf_future *future = cf_submit(busy.pool, count_run, 1);
    cf_cancel(future);
    CU_ASSERT_EQUAL(cf_as_error(cf_result(future))->code, CF_ECANCELLED);
    CU_ASSERT_EQUAL(cf_as_error(cf_result_within(future, 0))->code,
                    CF_ECANCELLED);
    CU_ASSERT_EQUAL(code_of(future), CF_ECANCELLED);
    busy_pool_close(&busy);
}

static void *wait_for_code(void *future)
{
    return (void *)(intptr_t)code_of(future);
}

static void await_callers_blocked(size_t callers)
{
    struct cf_test_snapshot now;
    while (cf_test_snapshot(&now), now.callers_blocked != callers) {
        sched_yield();
    }
}

static void whoever_waits_for_it_wakes(void)
{
    cf_test_begin(NULL, NULL);
    struct busy_pool busy = BUSY_POOL;
    busy_pool_open(&busy);
    cf_future *future = cf_submit(busy.pool, count_run, 1);
    pthread_t threads[2];
    for (int i = 0; i < 2; i++) {
        CU_ASSERT_EQUAL_FATAL(
            pthread_create(&threads[i], NULL, wait_for_code, future), 0);
    }
    await_callers_blocked(2);
    CU_ASSERT_TRUE(cf_cancel(future));
    await_callers_blocked(0);
    for (int i = 0; i < 2; i++) {
        void *code = NULL;
        pthread_join(threads[i], &code);
        CU_ASSERT_EQUAL((intptr_t)code, CF_ECANCELLED);
    }
    busy_pool_close(&busy);
    cf_test_end();
}

static void the_test_hooks_count_it_as_finished(void)
{
    cf_test_begin(NULL, NULL);
    struct busy_pool busy = BUSY_POOL;
    busy_pool_open(&busy);
    cf_cancel(cf_submit(busy.pool, count_run, 1));
    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    CU_ASSERT_EQUAL(now.submitted, 2);
    CU_ASSERT_EQUAL(now.finished, 1);
    CU_ASSERT_EQUAL(now.polls, 0);
    busy_pool_close(&busy);
    cf_test_end();
}

// ----- lives -----

static atomic_int freed;

static void count_freed(void *data)
{
    (void)data;
    freed++;
}

static void the_argument_is_freed_once_with_the_future(void)
{
    static int data;
    struct busy_pool busy = BUSY_POOL;
    busy_pool_open(&busy);
    freed = 0;
    cf_future *future =
        cf_submit(busy.pool, count_run, cf_take(&data, count_freed));
    cf_cancel(future);
    CU_ASSERT_EQUAL(freed, 0);
    cf_release(future);
    CU_ASSERT_EQUAL(freed, 1);
    busy_pool_close(&busy);
    CU_ASSERT_EQUAL(freed, 1);
}

static void a_pool_whose_queue_was_cancelled_closes(void)
{
    struct busy_pool busy = BUSY_POOL;
    busy_pool_open(&busy);
    cf_future *futures[20];
    for (int i = 0; i < 20; i++) {
        futures[i] = cf_submit(busy.pool, count_run, i);
    }
    for (int i = 0; i < 20; i++) {
        CU_ASSERT_TRUE(cf_cancel(futures[i]));
    }
    cf_shutdown(busy.pool, CF_NO_WAIT);
    busy_pool_close(&busy);
    CU_ASSERT_EQUAL(runs, 0);
}

static void a_kept_future_can_be_asked_after_its_pool(void)
{
    struct busy_pool busy = BUSY_POOL;
    busy_pool_open(&busy);
    cf_future *cancelled = cf_keep(cf_submit(busy.pool, count_run, 1));
    cf_future *finished = cf_keep(cf_submit(busy.pool, count_run, 2));
    cf_cancel(cancelled);
    busy_pool_close(&busy);
    CU_ASSERT_TRUE(cf_cancel(cancelled));
    CU_ASSERT_FALSE(cf_cancel(finished));
    CU_ASSERT_EQUAL(code_of(cancelled), CF_ECANCELLED);
    cf_release(cancelled);
    cf_release(finished);
}

static void *close_pool(void *pool)
{
    cf_close(pool);
    return NULL;
}

static void a_kept_future_may_be_cancelled_while_its_pool_is_closed(void)
{
    for (int round = 0; round < 200; round++) {
        runs = 0;
        cf_executor *pool = cf_thread_pool(.max_workers = 1);
        cf_future *kept = cf_keep(cf_submit(pool, count_run, round));
        pthread_t closer;
        CU_ASSERT_EQUAL_FATAL(pthread_create(&closer, NULL, close_pool, pool),
                              0);
        const bool was_cancelled = cf_cancel(kept);
        CU_ASSERT_EQUAL(code_of(kept), was_cancelled ? CF_ECANCELLED : 0);
        pthread_join(closer, NULL);
        CU_ASSERT_EQUAL(runs, was_cancelled ? 0 : 1);
        cf_release(kept);
    }
}

static void many_may_try_to_cancel_what_many_workers_take(void)
{
    runs = 0;
    int cancelled = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 4)) {
        static cf_future *futures[1000];
        for (int i = 0; i < 1000; i++) {
            futures[i] = cf_submit(pool, count_run, i);
        }
        for (int i = 999; i >= 0; i--) {
            cancelled += cf_cancel(futures[i]);
        }
        for (int i = 0; i < 1000; i++) {
            CU_ASSERT_EQUAL(code_of(futures[i]),
                            cf_cancelled(futures[i]) ? CF_ECANCELLED : 0);
        }
    }
    CU_ASSERT_EQUAL(runs + cancelled, 1000);
}

// ----- wrong use -----

static void cancel_nothing(void)
{
    cf_cancel(NULL);
}

static void read_cancelled(void)
{
    struct busy_pool busy = BUSY_POOL;
    busy_pool_open(&busy);
    cf_future *future = cf_submit(busy.pool, count_run, 1);
    cf_cancel(future);
    (void)cf_as_int(cf_result(future));
}

static void wrong_use_stops_the_program(void)
{
    CHECK_STOPS(cancel_nothing, "cf_cancel: the future is NULL");
    CHECK_STOPS(read_cancelled,
                "CF_ECANCELLED: the task was cancelled before it started");
}

static CU_TestInfo cancelling[] = {
    TEST(a_pending_task_is_cancelled_and_never_runs),
    TEST(a_cancelled_task_may_be_cancelled_again),
    TEST(a_running_task_is_not_cancelled_and_goes_on),
    TEST(a_finished_task_is_not_cancelled_and_keeps_its_result),
    TEST(a_refused_task_is_not_cancelled),
    TEST(the_others_in_the_queue_run_as_before),
    TEST(a_task_may_cancel_another_one),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo waiting[] = {
    TEST(the_result_of_a_cancelled_task_is_an_error),
    TEST(whoever_waits_for_it_wakes),
    TEST(the_test_hooks_count_it_as_finished),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo lives[] = {
    TEST(the_argument_is_freed_once_with_the_future),
    TEST(a_pool_whose_queue_was_cancelled_closes),
    TEST(a_kept_future_can_be_asked_after_its_pool),
    TEST(a_kept_future_may_be_cancelled_while_its_pool_is_closed),
    TEST(many_may_try_to_cancel_what_many_workers_take),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo misuse[] = {
    TEST(wrong_use_stops_the_program),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("cancelling", cancelling),
    SUITE("who waits is told", waiting),
    SUITE("lives", lives),
    SUITE("wrong use", misuse),
    CU_SUITE_INFO_NULL,
};
