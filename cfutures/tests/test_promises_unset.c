// Promises that nobody sets: closing the pool ends them, so that nobody waits
// for ever; but not before all that may still set them has had its turn.

#include <cfutures.h>

#include "support.h"
#include "watching.h"

#include <pthread.h>
#include <stdatomic.h>

static atomic_int calls;

static void count_call(cf_future *future, cf_value context)
{
    (void)future;
    (void)context;
    calls++;
}

static cf_value set_it(cf_value context, cf_value result)
{
    return cf_int(cf_set_result(cf_as_ptr(context), result));
}

static cf_value wait_for_it(cf_value promise)
{
    return cf_result(cf_as_ptr(promise));
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
        tail = cf_keep(cf_then(kept, itself));
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
            cf_submit(pool, itself, i);
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

// One thread sleeps inside of both.
static void closing_ends_what_a_task_inside_another_waits_for(void)
{
    cf_future *task = NULL;
    watch_begin(NULL);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        the_pool = pool;
        cf_value promise = cf_ptr(cf_promise(pool));
        task = cf_keep(cf_submit(pool, wait_behind_another, promise));
        await_blocked(1);
    }
    watch_end();
    CU_ASSERT_EQUAL(code_of(task), CF_ESHUTDOWN);
    cf_release(task);
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
    cf_future *waits = NULL;
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
    await_blocked(2);  // the task, and who closes its pool
    cf_set_result((cf_future *)promise, 7);
    return NULL;
}

// A task that waits for another pool can go on: nothing is ended before.
static void what_another_pool_will_set_is_waited_for(void)
{
    cf_future *kept = NULL;
    cf_test_begin(NULL, NULL);
    cf_executor *other = cf_thread_pool();
    cf_future *foreign = cf_promise(other);
    pthread_t thread;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        kept = cf_keep(cf_promise(pool));
        cf_future *task = cf_submit(pool, wait_for_it, cf_ptr(foreign));
        await_blocked(1);
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

static bool looks_stuck(const struct cf_test_snapshot *now)
{
    return now->callers_blocked > 1;
}

static cf_value wait_when_closing(cf_value promise)
{
    await_blocked(1);  // who closes the pool
    return cf_result(cf_as_ptr(promise));
}

static void at_no_moment_does_it_look_stuck(void)
{
    watch_begin(looks_stuck);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_submit(pool, wait_when_closing, cf_ptr(cf_promise(pool)));
    }
    await_blocked(0);
    watch_end();
}

static CU_TestInfo ends[] = {
    TEST(closing_ends_what_nobody_has_set),
    TEST(what_goes_on_from_there_still_runs),
    TEST(tasks_may_set_it_while_the_pool_is_closed),
    TEST(closing_ends_what_only_its_own_tasks_wait_for),
    TEST(closing_ends_what_a_task_inside_another_waits_for),
    TEST(closing_within_a_time_ends_it_as_well),
    TEST(who_goes_on_may_still_set_the_next),
    TEST(what_another_pool_will_set_is_waited_for),
    TEST(at_no_moment_does_it_look_stuck),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("the pool ends", ends),
    CU_SUITE_INFO_NULL,
};
