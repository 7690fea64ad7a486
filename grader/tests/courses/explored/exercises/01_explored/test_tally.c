#include "tally.h"

#include "wb_test.h"

static int stranger;  // a town that is none, or 0
static const void *asked_by;

int votes_of(int town)
{
    if (town < 1 || town > 3) {
        stranger = town;
        asked_by = WB_CALLER;
    }
    wb_work(1.0, "asking town %d", town);
    return 10 * town;
}

static void votes_are_added(void)
{
    const int votes = tally();
    WB_CHECK(stranger == 0, "You asked town %d%s; there are towns 1 to 3",
             stranger, wb_at(asked_by));
    WB_CHECK(votes == 30, "tally() is %d, but should be 30", votes);
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
