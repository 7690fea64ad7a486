// Chapter 8 of the header: what the log is told, and where that appears.

#include <cfutures.h>

#include "kept_log.h"
#include "support.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static cf_value fail(cf_value name)
{
    return cf_fail(ENOENT, "no %s", cf_as_str(name));
}

// ----- what it is told -----

static cf_value fail_at_the_end(cf_value unused)
{
    (void)unused;
    return cf_fail(EIO, "cannot say good-bye");
}

static void fail_in_a_finalizer(void)
{
    cf_with (pool, cf_thread_pool(.finalizer = fail_at_the_end)) {
        cf_submit(pool, itself, 1);
    }
}

static void a_finalizer_that_fails_is_logged(void)
{
    log_begin();
    fail_in_a_finalizer();
    log_end();
    CU_ASSERT_PTR_NOT_NULL(
        strstr(logged(), "The finalizer of the pool failed:"));
    CU_ASSERT_PTR_NOT_NULL(strstr(logged(), "EIO"));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(logged(), "cannot say good-bye\n    made at"));
}

static void nobody_looks_at_a_failed_future(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 1);
    cf_future *released = cf_submit(pool, fail, "door");
    cf_then(released, itself);
    cf_release(released);
    cf_after(pool, 0.001, fail, "window");
    cf_set_result(cf_promise(pool), cf_fail(EIO, "no answer"));
    cf_map_close(cf_map(pool, fail, ((const char *[]){"a", "b", "c"}), 3));
    cf_shutdown(pool, CF_WAIT);
    cf_submit(pool, fail, "too late");
    cf_close(pool);
}

static void the_error_of_a_future_is_not_logged_even_if_nobody_looks(void)
{
    log_begin();
    nobody_looks_at_a_failed_future();
    CU_ASSERT_STRING_EQUAL(logged(), "");
    log_end();
}

static void nor_is_it_printed(void)
{
    int signal = 0;
    char *printed = stderr_of_child(nobody_looks_at_a_failed_future, &signal);
    CU_ASSERT_EQUAL(signal, 0);
    CU_ASSERT_STRING_EQUAL(printed, "");
    free(printed);
}

// ----- where it appears -----

static void without_a_handler_the_log_goes_to_stderr(void)
{
    int signal = 0;
    char *printed = stderr_of_child(fail_in_a_finalizer, &signal);
    CU_ASSERT_EQUAL(signal, 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(printed, "cannot say good-bye"));
    free(printed);
}

static void keep_nothing(const char *report)
{
    (void)report;
}

static void fail_with_a_handler(void)
{
    cf_on_log(keep_nothing);
    fail_in_a_finalizer();
}

static void with_a_handler_it_does_not(void)
{
    int signal = 0;
    char *printed = stderr_of_child(fail_with_a_handler, &signal);
    CU_ASSERT_EQUAL(signal, 0);
    CU_ASSERT_STRING_EQUAL(printed, "");
    free(printed);
}

static CU_TestInfo told[] = {
    TEST(a_finalizer_that_fails_is_logged),
    TEST(the_error_of_a_future_is_not_logged_even_if_nobody_looks),
    TEST(nor_is_it_printed),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo appearing[] = {
    TEST(without_a_handler_the_log_goes_to_stderr),
    TEST(with_a_handler_it_does_not),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("what it is told", told),
    SUITE("where it appears", appearing),
    CU_SUITE_INFO_NULL,
};
