// Chapter 3 of the header: what tasks inherit from where they were submitted,
// and tasks without a future.

#include <cfutures.h>

#include "kept_log.h"
#include "support.h"

#include <errno.h>
#include <stdatomic.h>
#include <string.h>

static cf_value read_context(cf_value unused)
{
    (void)unused;
    const cf_value context = cf_context();
    return strcmp(cf_kind_name(context), "text") == 0
               ? cf_format("in %s", cf_as_str(context))
               : context;
}

// ----- inheriting -----

static void a_task_inherits_the_context_of_its_submitter(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        CU_ASSERT_STRING_EQUAL(cf_kind_name(cf_context()), "nothing");
        CU_ASSERT_TRUE(cf_set_context("request 1"));
        cf_future *first = cf_submit(pool, read_context, 0);
        CU_ASSERT_TRUE(cf_set_context(cf_format("request %d", 2)));
        cf_future *second = cf_submit(pool, read_context, 0);
        cf_future *later = cf_after(pool, 0.001, read_context, 0);
        CU_ASSERT_TRUE(cf_set_context(cf_none()));
        cf_future *third = cf_submit(pool, read_context, 0);
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(first)), "in request 1");
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(second)), "in request 2");
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(later)), "in request 2");
        CU_ASSERT_STRING_EQUAL(cf_kind_name(cf_result(third)), "nothing");
    }
}

static cf_value read_below(cf_value pool)
{
    return cf_result(
        cf_submit((cf_executor *)cf_as_ptr(pool), read_context, 0));
}

static cf_value change_and_read_below(cf_value pool)
{
    cf_set_context("something else");
    cf_set_context(cf_context());  // of itself
    cf_set_context(cf_format("%s, %s", cf_as_str(cf_context()), "changed"));
    return read_below(pool);
}

static void tasks_pass_the_context_on_or_their_own(void)
{
    cf_set_context(cf_format("a request"));
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *plain = cf_submit(pool, read_below, cf_ptr(pool));
        cf_future *changed =
            cf_submit(pool, change_and_read_below, cf_ptr(pool));
        cf_future *after = cf_submit(pool, read_context, 0);
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(plain)), "in a request");
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(changed)),
                               "in something else, changed");
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(after)), "in a request");
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_context()), "a request");
    }
    cf_set_context(cf_none());
}

static cf_value return_and_free_own_context(cf_value unused)
{
    (void)unused;
    const cf_value mine = cf_format("mine");
    cf_set_context(mine);
    cf_free(mine);  // it was given away, so nothing happens
    return cf_context();
}

static void a_context_was_given_away(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, return_and_free_own_context, 0);
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(future)), "mine");
    }
}

static void see_context(cf_future *future, cf_value text)
{
    (void)future;
    snprintf(cf_as_ptr(text), 20, "%s", cf_as_str(cf_context()));
}

static void a_callback_sees_the_context_of_its_task(void)
{
    char seen[20] = "";
    cf_set_context("the task's");
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_after(pool, 0.001, read_context, 0);
        cf_set_context("main's");
        CU_ASSERT_TRUE(cf_on_done(future, see_context, cf_ptr(seen)));
    }
    CU_ASSERT_STRING_EQUAL(seen, "the task's");
    cf_set_context(cf_none());
}

static void without_memory_the_context_is_an_error(void)
{
    cf_set_context("before");
    fail_request(1, false);
    CU_ASSERT_FALSE(cf_set_context("lost"));
    CU_ASSERT_EQUAL(cf_as_error(cf_context())->code, ENOMEM);
    cf_set_context("of the task");
    cf_with (pool, cf_thread_pool()) {
        fail_request(2, false);  // the copy for the task
        const cf_error *error = cf_exception(cf_submit(pool, read_context, 0));
        CU_ASSERT_PTR_NOT_NULL_FATAL(error);
        CU_ASSERT_EQUAL(error->code, ENOMEM);
    }
    cf_set_context(cf_none());
}

// ----- without a future -----

static atomic_int runs;

static cf_value count_run(cf_value unused)
{
    (void)unused;
    runs++;
    return cf_format("dropped");
}

static cf_value add_to_runs(cf_value context, cf_value arg)
{
    runs += (int)(cf_as_int(context) + cf_as_int(arg));
    return cf_none();
}

static cf_value fail(cf_value name)
{
    return cf_fail(ENOENT, "no %s", cf_as_str(name));
}

static void a_task_can_run_without_a_future(void)
{
    runs = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        for (int i = 0; i < 100; i++) {
            CU_ASSERT_TRUE(cf_execute(pool, count_run, cf_format("%d", i)));
        }
        CU_ASSERT_TRUE(cf_execute_with(pool, add_to_runs, 400, 500));
    }
    CU_ASSERT_EQUAL(runs, 1000);
}

static void its_error_goes_to_the_log(void)
{
    log_begin();
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        CU_ASSERT_TRUE(cf_execute(pool, fail, "door"));
    }
    log_end();
    CU_ASSERT_PTR_NOT_NULL(strstr(logged(), "The task fail, submitted at "));
    CU_ASSERT_PTR_NOT_NULL(strstr(logged(), " failed:\n  ENOENT"));
    CU_ASSERT_PTR_NOT_NULL(strstr(logged(), "no door"));
}

static void whatever_keeps_it_from_running_is_logged_too(void)
{
    log_begin();
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        fail_threads(true);
        CU_ASSERT_TRUE(cf_execute(pool, count_run, 1));
        fail_threads(false);
        CU_ASSERT_PTR_NOT_NULL(strstr(logged(), "CF_EBROKEN"));
        cf_shutdown(pool, CF_NO_WAIT);
        CU_ASSERT_FALSE(cf_execute(pool, count_run, cf_format("x")));
        CU_ASSERT_PTR_NOT_NULL(strstr(logged(), "CF_ESHUTDOWN"));
    }
    fail_request(1, false);
    cf_with (pool, cf_thread_pool()) {
        CU_ASSERT_FALSE(cf_execute(pool, count_run, 1));
        CU_ASSERT_PTR_NOT_NULL(strstr(logged(), "the pool could not be made"));
    }
    log_end();
}

static void it_can_be_cancelled_with_its_pool(void)
{
    runs = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *first = cf_after(pool, 1e6, count_run, 1);
        cf_execute(pool, count_run, 1);
        cf_shutdown(pool, CF_CANCEL_PENDING);
        CU_ASSERT_TRUE(cf_cancelled(first));
    }
    CU_ASSERT(runs <= 1);
}

static CU_TestInfo inheriting[] = {
    TEST(a_task_inherits_the_context_of_its_submitter),
    TEST(tasks_pass_the_context_on_or_their_own),
    TEST(a_context_was_given_away),
    TEST(a_callback_sees_the_context_of_its_task),
    TEST(without_memory_the_context_is_an_error),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo executing[] = {
    TEST(a_task_can_run_without_a_future),
    TEST(its_error_goes_to_the_log),
    TEST(whatever_keeps_it_from_running_is_logged_too),
    TEST(it_can_be_cancelled_with_its_pool),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("inheriting", inheriting),
    SUITE("without a future", executing),
    CU_SUITE_INFO_NULL,
};
