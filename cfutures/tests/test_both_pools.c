// Pools of threads and pools of processes: submitting, shutting down.

#include <cfutures.h>

#include "kinds.h"

#include <errno.h>
#include <stdio.h>

// ----- submitting in other ways -----

static void many_are_submitted_at_once(void)
{
    const cf_value args[] = {cf_int(1), cf_str("two"), cf_double(3)};
    cf_future *futures[3];
    cf_with (pool, make_pool(2)) {
        cf_submit_many(pool, itself, args, 3, futures);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(futures[0])), 1);
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(futures[1])), "two");
        CU_ASSERT_EQUAL(cf_as_double(cf_result(futures[2])), 3);
    }
}

static void a_full_pool_refuses(void)
{
    cf_with (pool,
             make_pool_with((struct wishes){
                 .workers = 1, .max_pending = 1, .when_full = CF_REFUSE})) {
        cf_future *first = cf_submit(pool, pass, 1);
        await_arrived(1);
        cf_future *second = cf_submit(pool, itself, 2);
        CU_ASSERT_EQUAL(code_of(cf_submit(pool, itself, 3)), CF_EFULL);
        open_the_gate();
        CU_ASSERT_EQUAL(cf_as_int(cf_result(first)), 1);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(second)), 2);
    }
}

static cf_future *last;  // a promise, set by the callback

static void submit_two(cf_future *future, cf_value pool)
{
    (void)future;
    cf_future *a = cf_submit(cf_as_ptr(pool), itself, 1);
    cf_future *b = cf_submit(cf_as_ptr(pool), itself, 2);
    CU_ASSERT_EQUAL(cf_as_int(cf_result(a)), 1);
    CU_ASSERT_EQUAL(cf_as_int(cf_result(b)), 2);
    cf_set_result(last, 1);
}

static void a_callback_may_submit_to_its_full_pool(void)
{
    cf_with (pool,
             make_pool_with((struct wishes){.workers = 1, .max_pending = 1})) {
        cf_future *first = cf_submit(pool, pass, 1);
        last = cf_promise(pool);
        cf_on_done(first, submit_two, cf_ptr(pool));
        await_arrived(1);
        cf_release(cf_submit(pool, itself, 3));
        open_the_gate();
        CU_ASSERT_EQUAL(cf_as_int(cf_result(last)), 1);
    }
}

static void tasks_may_start_later(void)
{
    cf_with (pool, make_pool(1)) {
        cf_future *far = cf_after(pool, 1e6, itself, 1);
        cf_future *near = cf_after(pool, 0.01, itself, 2);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(near)), 2);
        CU_ASSERT_TRUE(cf_cancel(far));
    }
}

static cf_value read_context(cf_value unused)
{
    (void)unused;
    return cf_context();
}

static void the_context_goes_along(void)
{
    cf_set_context("request 7");
    cf_with (pool, make_pool(1)) {
        cf_future *future = cf_submit(pool, read_context, 0);
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(future)), "request 7");
    }
    cf_set_context(cf_none());
}

// ----- initializers, shutting down, keeping -----

static _Thread_local char name[16];

static cf_value set_name(cf_value value)
{
    if (cf_failed(value)) {
        return cf_fail_because(value, ENOENT, "no name");
    }
    snprintf(name, sizeof name, "%s", cf_as_str(value));
    return cf_none();
}

static cf_value read_name(cf_value unused)
{
    (void)unused;
    return cf_format("%s", name);
}

static void workers_are_initialized(void)
{
    cf_with (pool, make_pool_with(
                       (struct wishes){.workers = 2,
                                       .initializer = set_name,
                                       .initializer_arg = cf_format("Ada")})) {
        for (int i = 0; i < 5; i++) {
            cf_future *future = cf_submit(pool, read_name, 0);
            CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(future)), "Ada");
        }
    }
}

static void an_initializer_that_fails_breaks_either_pool(void)
{
    cf_with (pool, make_pool_with((struct wishes){
                       .workers = 2,
                       .initializer = set_name,
                       .initializer_arg = cf_fail(EIO, "no file")})) {
        for (int i = 0; i < 3; i++) {
            const cf_error *error = cf_exception(cf_submit(pool, itself, 1));
            CU_ASSERT_PTR_NOT_NULL_FATAL(error);
            CU_ASSERT_EQUAL(error->code, CF_EBROKEN);
            CU_ASSERT_EQUAL(error->cause->code, ENOENT);
            CU_ASSERT_EQUAL(error->cause->cause->code, EIO);
        }
    }
}

static void a_shutdown_finishes_or_cancels_what_is_queued(void)
{
    cf_with (pool, make_pool(1)) {
        cf_future *running = cf_submit(pool, pass, 1);
        cf_future *queued = cf_submit(pool, itself, 2);
        await_arrived(1);
        cf_shutdown(pool, CF_NO_WAIT);
        CU_ASSERT_EQUAL(code_of(cf_submit(pool, itself, 3)), CF_ESHUTDOWN);
        cf_shutdown(pool, CF_CANCEL_PENDING);
        CU_ASSERT_EQUAL(code_of(queued), CF_ECANCELLED);
        open_the_gate();
        cf_shutdown(pool, CF_WAIT);
        CU_ASSERT_TRUE(cf_done(running));
    }
}

static void a_kept_future_outlives_its_pool(void)
{
    cf_future *kept = NULL;
    cf_with (pool, make_pool(1)) {
        kept = cf_keep(cf_submit(pool, shout, "Hello"));
    }
    CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(kept)), "Hello!");
    cf_release(kept);
}

static void say_nothing(const char *report)
{
    (void)report;
}

static void a_pool_is_not_closed_before_its_tasks_are_done(void)
{
    cf_executor *pool = make_pool(1);
    cf_future *future = cf_submit(pool, pass, 1);
    await_arrived(1);
    cf_on_log(say_nothing);
    CU_ASSERT_FALSE(cf_close_within(pool, 0));
    cf_on_log(NULL);
    open_the_gate();
    CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 1);
    CU_ASSERT_TRUE(cf_close_within(pool, CF_FOREVER));
}

static CU_TestInfo tests[] = {
    TEST(many_are_submitted_at_once),
    TEST(a_full_pool_refuses),
    TEST(a_callback_may_submit_to_its_full_pool),
    TEST(tasks_may_start_later),
    TEST(the_context_goes_along),
    TEST(workers_are_initialized),
    TEST(an_initializer_that_fails_breaks_either_pool),
    TEST(a_shutdown_finishes_or_cancels_what_is_queued),
    TEST(a_kept_future_outlives_its_pool),
    TEST(a_pool_is_not_closed_before_its_tasks_are_done),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITES_FOR_BOTH_KINDS(tests),
    CU_SUITE_INFO_NULL,
};
