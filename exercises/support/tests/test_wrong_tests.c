// Tests that are wrong themselves. The runner says so, and does not crash.

#include "wb_test.h"

#include <pthread.h>
#include <stdlib.h>

static void nothing_is_checked(void)
{
}

static void *check_there(void *unused)
{
    WB_CHECK(true, "unused");
    return unused;
}

static void *assert_there(void *unused)
{
    CU_ASSERT_FATAL(false);
    return unused;
}

static void run_on_another_thread(void *(*function)(void *))
{
    pthread_t thread;
    WB_CHECK(pthread_create(&thread, NULL, function, NULL) == 0, "no thread");
    pthread_join(thread, NULL);
}

static void a_check_is_made_on_another_thread(void)
{
    run_on_another_thread(check_there);
}

static void an_assert_is_made_on_another_thread(void)
{
    run_on_another_thread(assert_there);
}

static void *volatile kept;

static void the_test_loses_memory(void)
{
    kept = malloc(100);
    kept = NULL;
    WB_CHECK(true, "unused");
}

static void texts_differ(void)
{
    WB_EQUAL_STR("one", "another");
}

static void a_text_is_missing(void)
{
    const char *nothing = NULL;
    WB_EQUAL_STR(nothing, "a text");
}

static void numbers_differ(void)
{
    WB_EQUAL_INT(6 * 7, 43);
}

static void a_check_of_cunits_own_fails(void)
{
    CU_ASSERT_EQUAL(1, 2);
    CU_ASSERT_EQUAL(3, 4);
}

#define TEST(function)      \
    {                       \
#function, function \
    }

static CU_TestInfo tests[] = {
    TEST(nothing_is_checked),
    TEST(a_check_is_made_on_another_thread),
    TEST(an_assert_is_made_on_another_thread),
    TEST(the_test_loses_memory),
    TEST(texts_differ),
    TEST(a_text_is_missing),
    TEST(numbers_differ),
    TEST(a_check_of_cunits_own_fails),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"wrong \"tests\"", NULL, NULL, NULL, NULL, tests},
    CU_SUITE_INFO_NULL,
};
