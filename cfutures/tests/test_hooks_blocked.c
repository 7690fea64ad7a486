// The test hooks: a caller counts as blocked exactly while what it waits for
// has not happened. So one snapshot is enough to tell a stuck program from a
// slow one; that this is what it tells is seen in test_hooks_stuck.c.

#include <cfutures_testing.h>

#include "support.h"
#include "watching.h"

#include <cfutures.h>
#include <errno.h>
#include <sched.h>

#include "../src/internal.h"

static void *wait_for_result(void *future)
{
    cf_result(future);
    return NULL;
}

static void *wait_for_shutdown(void *pool)
{
    cf_shutdown(pool, CF_WAIT);
    return NULL;
}

static pthread_t start(void *(*function)(void *), void *arg)
{
    pthread_t thread;
    CU_ASSERT_EQUAL_FATAL(pthread_create(&thread, NULL, function, arg), 0);
    return thread;
}

static bool blocks_on_what_has_happened(const struct cf_test_snapshot *now)
{
    return now->finished == now->submitted && now->callers_blocked > 0;
}

static void callers_are_blocked_until_the_result_is_there(void)
{
    struct gate gate = GATE_CLOSED;
    watch_begin(blocks_on_what_has_happened);
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, pass_gate, cf_ptr(&gate));
        pthread_t callers[3];
        for (size_t i = 0; i < 3; i++) {
            callers[i] = start(wait_for_result, future);
            await_blocked(i + 1);
        }
        gate_open(&gate);
        await_blocked(0);
        for (int i = 0; i < 3; i++) {
            pthread_join(callers[i], NULL);
        }
    }
    watch_end();
}

static void shutdowns_are_blocked_until_the_last_task_is_done(void)
{
    struct gate first = GATE_CLOSED;
    struct gate second = GATE_CLOSED;
    watch_begin(blocks_on_what_has_happened);
    cf_with (pool, cf_thread_pool()) {
        cf_future *one = cf_submit(pool, pass_gate, cf_ptr(&first));
        cf_submit(pool, pass_gate, cf_ptr(&second));
        const pthread_t a = start(wait_for_shutdown, pool);
        const pthread_t b = start(wait_for_shutdown, pool);
        await_blocked(2);
        gate_open(&first);
        cf_result(one);
        CU_ASSERT_EQUAL(snapshot().callers_blocked, 2);
        gate_open(&second);
        await_blocked(0);
        pthread_join(a, NULL);
        pthread_join(b, NULL);
    }
    watch_end();
}

static cf_value wait_for(cf_value future)
{
    return cf_result(cf_as_ptr(future));
}

static void a_worker_can_be_a_blocked_caller(void)
{
    struct gate gate = GATE_CLOSED;
    watch_begin(blocks_on_what_has_happened);
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *inner = cf_submit(pool, pass_gate, cf_ptr(&gate));
        gate_await(&gate, 1);
        cf_submit(pool, wait_for, cf_ptr(inner));
        await_blocked(1);
        CU_ASSERT_EQUAL(snapshot().workers_busy, 2);
        gate_open(&gate);
    }
    watch_end();
}

static bool blocks_at_all(const struct cf_test_snapshot *now)
{
    return now->callers_blocked > 0;
}

static void *wait_with_a_limit(void *future)
{
    cf_result_within(future, 3600);
    return NULL;
}

static void a_wait_with_a_limit_is_not_blocked(void)
{
    struct gate gate = GATE_CLOSED;
    watch_begin(blocks_at_all);
    cf_executor *pool = cf_thread_pool();
    cf_future *future = cf_submit(pool, pass_gate, cf_ptr(&gate));
    const pthread_t caller = start(wait_with_a_limit, future);
    while ((future->word & CFI_SOMEBODY_PARKED) == 0) {
        sched_yield();
    }
    gate_open(&gate);
    pthread_join(caller, NULL);
    watch_end();  // before closing, which may block
    cf_close(pool);
}

static void a_finished_future_blocks_nobody(void)
{
    watch_begin(blocks_at_all);
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, itself, 1);
        while (!cf_done(future)) {
            sched_yield();
        }
        cf_result(future);
        cf_exception(future);
        cf_shutdown(pool, CF_WAIT);
    }
    watch_end();
}

// The moment between looking at a future and parking on it is too short to be
// hit from outside, so this calls what a parking thread calls.
static void who_parks_too_late_is_not_blocked(void)
{
    watch_begin(blocks_at_all);
    cf_executor *pool = cf_thread_pool();
    cf_future *future = cf_submit(pool, itself, 1);
    while (!cf_done(future)) {
        sched_yield();
    }
    cfi_hooks_caller_parks(future);
    CU_ASSERT_EQUAL(snapshot().callers_blocked, 0);
    cfi_hooks_shutdown_parks(&pool->gauge);
    CU_ASSERT_EQUAL(snapshot().callers_blocked, 0);
    cf_close(pool);
    watch_end();
}

static bool looks_stuck(const struct cf_test_snapshot *now)
{
    return now->callers_blocked == 1 && now->workers_busy == 0 &&
           now->startable == 0;
}

static cf_value fail_when_awaited(cf_value unused)
{
    (void)unused;
    await_blocked(1);
    return cf_fail(EDOM, "passes all that follows");
}

// What is skipped has no task, but its turn is the worker's all the same.
static void a_skipped_chain_keeps_its_worker_busy(void)
{
    watch_begin(looks_stuck);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *head = cf_submit(pool, fail_when_awaited, 1);
        cf_future *tail =
            cf_then(cf_then(cf_then(head, itself), itself), itself);
        CU_ASSERT_PTR_NOT_NULL(cf_exception(tail));
    }
    CU_ASSERT_EQUAL(snapshot().workers_busy, 0);
    watch_end();
}

static CU_TestInfo blocked[] = {
    TEST(callers_are_blocked_until_the_result_is_there),
    TEST(shutdowns_are_blocked_until_the_last_task_is_done),
    TEST(a_worker_can_be_a_blocked_caller),
    TEST(a_wait_with_a_limit_is_not_blocked),
    TEST(a_finished_future_blocks_nobody),
    TEST(who_parks_too_late_is_not_blocked),
    TEST(a_skipped_chain_keeps_its_worker_busy),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("blocked callers", blocked),
    CU_SUITE_INFO_NULL,
};
