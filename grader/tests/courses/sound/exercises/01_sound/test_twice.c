#include "twice.h"

#include "wb_test.h"

static void three_becomes_six(void)
{
    WB_EQUAL_INT(twice(3), 6);
}

static void minus_one_becomes_minus_two(void)
{
    WB_EQUAL_INT(twice(-1), -2);
}

static CU_TestInfo twice_tests[] = {
    {"three_becomes_six", three_becomes_six},
    {"minus_one_becomes_minus_two", minus_one_becomes_minus_two},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"twice", NULL, NULL, NULL, NULL, twice_tests},
    CU_SUITE_INFO_NULL,
};
