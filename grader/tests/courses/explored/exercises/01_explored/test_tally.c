#include "tally.h"

#include "wb_test.h"

int votes_of(int town)
{
    wb_work(1.0, "asking town %d", town);
    return 10 * town;
}

static void votes_are_added(void)
{
    WB_EQUAL_INT(tally(), 30);
}

static void two_towns_take_as_long_as_one(void)
{
    WB_CHECK(tally() > 0, "no votes at all");
}

static CU_TestInfo tally_tests[] = {
    {"votes_are_added", votes_are_added},
    {"two_towns_take_as_long_as_one", two_towns_take_as_long_as_one},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"tally", NULL, NULL, NULL, NULL, tally_tests},
    CU_SUITE_INFO_NULL,
};
