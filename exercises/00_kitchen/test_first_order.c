// Tests of 00_kitchen/first_order. They read the sign.

#include "first_order.h"

#include "wb_test.h"

static void the_sign_says_open(void)
{
    WB_EQUAL_STR(word_on_the_sign(), "open");
}

static CU_TestInfo first_order_tests[] = {
    {"the_sign_says_open", the_sign_says_open},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"first_order", NULL, NULL, NULL, NULL, first_order_tests},
    CU_SUITE_INFO_NULL,
};
