// Chapter 2 of the header: errors, their places and causes.

#include <cfutures.h>

#include "support.h"

#include <errno.h>
#include <string.h>

static void an_error_keeps_code_message_and_place(void)
{
    const int line = __LINE__ + 1;
    const cf_value value = cf_fail(EDOM, "%d / %d", 100, 0);
    const cf_error *error = cf_as_error(value);
    CU_ASSERT_TRUE(cf_failed(value));
    CU_ASSERT_EQUAL(error->code, EDOM);
    CU_ASSERT_STRING_EQUAL(error->message, "100 / 0");
    CU_ASSERT_EQUAL(error->line, line);
    CU_ASSERT_STRING_EQUAL(error->file, __FILE__);
    CU_ASSERT_STRING_EQUAL(error->function, __func__);
    CU_ASSERT_PTR_NULL(error->cause);
    CU_ASSERT_STRING_EQUAL(cf_kind_name(value), "error");
    cf_free(value);
}

static void other_values_are_not_errors(void)
{
    CU_ASSERT_FALSE(cf_failed(cf_int(EDOM)));
    CU_ASSERT_PTR_NULL(cf_as_error(cf_int(EDOM)));
    CU_ASSERT_PTR_NULL(cf_as_error(cf_none()));
    CU_ASSERT_PTR_NULL(cf_as_error(cf_str("error")));
}

static void an_error_copies_its_cause(void)
{
    const cf_value cause = cf_fail(ENOENT, "no %s", "menu");
    const cf_value value = cf_fail_because(cause, EIO, "no lunch");
    cf_free(cause);
    const cf_error *error = cf_as_error(value);
    CU_ASSERT_EQUAL(error->code, EIO);
    CU_ASSERT_PTR_NOT_NULL_FATAL(error->cause);
    CU_ASSERT_EQUAL(error->cause->code, ENOENT);
    CU_ASSERT_STRING_EQUAL(error->cause->message, "no menu");
    CU_ASSERT_PTR_NULL(error->cause->cause);
    cf_free(value);
}

static void a_long_chain_stays_whole(void)
{
    cf_value value = cf_fail(1000, "link 0");
    for (int i = 1; i < 50; i++) {
        const cf_value longer = cf_fail_because(value, 1000 + i, "link %d", i);
        cf_free(value);
        value = longer;
    }
    const cf_value copy = cf_copy(value);
    cf_free(value);
    int expected = 1049;
    for (const cf_error *e = cf_as_error(copy); e != NULL; e = e->cause) {
        CU_ASSERT_EQUAL(e->code, expected);
        CU_ASSERT_EQUAL(strncmp(e->message, "link ", 5), 0);
        expected--;
    }
    CU_ASSERT_EQUAL(expected, 999);
    cf_free(copy);
}

static void an_error_without_memory_is_an_error(void)
{
    fail_request(1, false);
    const cf_value value = cf_fail(EDOM, "lost");
    CU_ASSERT_EQUAL(cf_as_error(value)->code, ENOMEM);
    CU_ASSERT_PTR_NOT_NULL(cf_as_error(value)->file);
    CU_ASSERT_PTR_NOT_NULL(cf_as_error(value)->function);
    cf_free(value);  // does nothing
    CU_ASSERT_EQUAL(cf_as_error(cf_copy(value))->code, ENOMEM);
}

static cf_value fail(cf_value arg)
{
    return cf_fail(EDOM, "%lld is bad", (long long)cf_as_int(arg));
}

static void an_error_travels_through_the_future(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, fail, 3);
        const cf_error *error = cf_exception(future);
        CU_ASSERT_PTR_NOT_NULL_FATAL(error);
        CU_ASSERT_EQUAL(error->code, EDOM);
        CU_ASSERT_STRING_EQUAL(error->message, "3 is bad");
        CU_ASSERT_STRING_EQUAL(error->function, "fail");
        CU_ASSERT_PTR_EQUAL(cf_as_error(cf_result(future)), error);
    }
}

static void a_copied_error_outlives_its_pool(void)
{
    cf_value copy = cf_none();
    cf_with (pool, cf_thread_pool()) {
        copy = cf_copy(cf_result(cf_submit(pool, fail, 3)));
    }
    CU_ASSERT_STRING_EQUAL(cf_as_error(copy)->message, "3 is bad");
    cf_free(copy);
}

static cf_value fail_because_of_argument(cf_value error)
{
    return cf_fail_because(error, EIO, "passed on");
}

static void an_error_can_be_an_argument(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *first = cf_submit(pool, fail, 3);
        cf_future *second =
            cf_submit(pool, fail_because_of_argument, cf_result(first));
        cf_release(first);
        const cf_error *error = cf_exception(second);
        CU_ASSERT_STRING_EQUAL(error->message, "passed on");
        CU_ASSERT_STRING_EQUAL(error->cause->message, "3 is bad");
    }
}

static CU_TestInfo tests[] = {
    TEST(an_error_keeps_code_message_and_place),
    TEST(other_values_are_not_errors),
    TEST(an_error_copies_its_cause),
    TEST(a_long_chain_stays_whole),
    TEST(an_error_without_memory_is_an_error),
    TEST(an_error_travels_through_the_future),
    TEST(a_copied_error_outlives_its_pool),
    TEST(an_error_can_be_an_argument),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("errors", tests),
    CU_SUITE_INFO_NULL,
};
