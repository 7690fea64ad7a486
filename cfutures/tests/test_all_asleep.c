// More tasks wait than a pool has threads and spares: each sees itself to what
// it waits for. A test that fails here hangs.

#include <cfutures.h>

#include "support.h"
#include "watching.h"

#include <sched.h>

#include "../src/internal.h"

enum { ASLEEP = 1 + CFI_MOST_SPARES, COUNT = ASLEEP + 35 };

static const double LONG = 1e6;  // seconds

// Submits the task COUNT times to one worker, for which `futures` has room.
static void submit_all(cf_executor *pool, cf_value (*task)(cf_value pool),
                       cf_future **futures)
{
    for (int i = 0; i < COUNT; i++) {
        futures[i] = cf_submit(pool, task, cf_ptr(pool));
    }
}

static void check_all(cf_future **futures)
{
    for (int i = 0; i < COUNT; i++) {
        CU_ASSERT_EQUAL(cf_as_int(cf_result(futures[i])), 7);
    }
}

// ----- for what starts later -----

static cf_value wait_for_later(cf_value pool)
{
    return cf_result(cf_after((cf_executor *)cf_as_ptr(pool), 0.01, itself, 7));
}

static cf_value wait_for_first_later(cf_value pool)
{
    cf_executor *own = (cf_executor *)cf_as_ptr(pool);
    cf_future *futures[] = {cf_after(own, LONG, itself, 1),
                            cf_after(own, 0.01, itself, 7)};
    const size_t done = cf_wait(futures, 2, CF_FIRST_COMPLETED, CF_FOREVER);
    cf_cancel(futures[1]);
    return done == 1 ? cf_result(futures[0]) : cf_none();
}

static cf_value wait_for_chain(cf_value pool)
{
    cf_executor *own = (cf_executor *)cf_as_ptr(pool);
    return cf_result(cf_then(cf_after(own, 0.01, itself, 7), itself));
}

static void many_wait_with(cf_value (*task)(cf_value pool))
{
    cf_future *futures[COUNT];
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        submit_all(pool, task, futures);
        check_all(futures);
    }
    CU_ASSERT(threads_created() <= ASLEEP);
}

static void any_number_of_tasks_may_wait_for_ones_that_start_later(void)
{
    many_wait_with(wait_for_later);
}

static void any_number_may_wait_for_the_first_of_such(void)
{
    many_wait_with(wait_for_first_later);
}

static void any_number_may_wait_for_what_goes_on_from_such(void)
{
    many_wait_with(wait_for_chain);
}

// ----- for what goes on from a promise -----

static cf_future *promise;

static cf_value wait_for_tail(cf_value unused)
{
    (void)unused;
    return cf_result(cf_then(promise, itself));
}

static cf_value wait_for_first_tail(cf_value pool)
{
    cf_executor *own = (cf_executor *)cf_as_ptr(pool);
    cf_future *futures[] = {cf_after(own, LONG, itself, 1),
                            cf_then(promise, itself)};
    const size_t done = cf_wait(futures, 2, CF_FIRST_COMPLETED, CF_FOREVER);
    cf_cancel(futures[1]);
    return done == 1 ? cf_result(futures[0]) : cf_none();
}

static size_t asleep_in(cf_executor *pool)
{
    cfi_lock_acquire(&pool->lock);
    const size_t parked = pool->load.parked;
    cfi_lock_release(&pool->lock);
    return parked;
}

static void await_asleep(cf_executor *pool, size_t tasks)
{
    while (asleep_in(pool) != tasks) {
        sched_yield();
    }
}

static void many_wait_for_promise_with(cf_value (*task)(cf_value pool))
{
    cf_future *futures[COUNT];
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        promise = cf_promise(pool);
        submit_all(pool, task, futures);
        await_asleep(pool, ASLEEP);
        CU_ASSERT_TRUE(cf_set_result(promise, 7));
        check_all(futures);
    }
    CU_ASSERT_EQUAL(threads_created(), ASLEEP);
}

static void any_number_may_wait_for_what_goes_on_from_a_promise(void)
{
    many_wait_for_promise_with(wait_for_tail);
}

static void any_number_may_wait_for_it_as_one_of_several(void)
{
    many_wait_for_promise_with(wait_for_first_tail);
}

static void one_is_enough_where_no_thread_can_be_started(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        promise = cf_promise(pool);
        cf_future *future = cf_submit(pool, wait_for_tail, 0);
        await_asleep(pool, 1);
        fail_threads(true);
        CU_ASSERT_TRUE(cf_set_result(promise, 7));
        CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 7);
        fail_threads(false);
    }
    CU_ASSERT_EQUAL(threads_created(), 1);
}

static void who_is_called_does_not_count_as_blocked_any_more(void)
{
    cf_future *futures[COUNT];
    watch_begin(NULL);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        promise = cf_promise(pool);
        submit_all(pool, wait_for_tail, futures);
        await_blocked(ASLEEP);
        CU_ASSERT_TRUE(cf_set_result(promise, 7));
        CU_ASSERT(snapshot().callers_blocked < ASLEEP);
        check_all(futures);
        CU_ASSERT_EQUAL(snapshot().callers_blocked, 0);
    }
    watch_end();
}

// ----- for what only a queued task would do -----

static cf_value wait_for_promise(cf_value unused)
{
    (void)unused;
    return cf_result(promise);
}

static cf_value set_promise(cf_value unused)
{
    (void)unused;
    return cf_int(cf_set_result(promise, 7));
}

// Nobody can know who would set it; but nobody waits for ever.
static void a_promise_that_only_a_queued_task_would_set_ends_with_the_pool(void)
{
    cf_future *futures[COUNT];
    cf_executor *pool = cf_thread_pool(.max_workers = 1);
    promise = cf_promise(pool);
    submit_all(pool, wait_for_promise, futures);
    await_asleep(pool, ASLEEP);
    cf_future *setter = cf_keep(cf_submit(pool, set_promise, 0));
    cf_future *later = cf_keep(cf_after(pool, 0.01, itself, 8));
    cf_future *first = cf_keep(futures[0]);
    cf_close(pool);
    CU_ASSERT_EQUAL(code_of(first), CF_ESHUTDOWN);
    CU_ASSERT_EQUAL(cf_as_int(cf_result(setter)), 0);
    CU_ASSERT_EQUAL(cf_as_int(cf_result(later)), 8);
    cf_release(first);
    cf_release(setter);
    cf_release(later);
}

static CU_TestInfo later_tests[] = {
    TEST(any_number_of_tasks_may_wait_for_ones_that_start_later),
    TEST(any_number_may_wait_for_the_first_of_such),
    TEST(any_number_may_wait_for_what_goes_on_from_such),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo promise_tests[] = {
    TEST(any_number_may_wait_for_what_goes_on_from_a_promise),
    TEST(any_number_may_wait_for_it_as_one_of_several),
    TEST(one_is_enough_where_no_thread_can_be_started),
    TEST(who_is_called_does_not_count_as_blocked_any_more),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo queued_tests[] = {
    TEST(a_promise_that_only_a_queued_task_would_set_ends_with_the_pool),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("for what starts later", later_tests),
    SUITE("for what goes on from a promise", promise_tests),
    SUITE("for what only a queued task would do", queued_tests),
    CU_SUITE_INFO_NULL,
};
