// Tests of review_2/slips. They bring the kitchen's writer and the guests.

#include "slips.h"

#include "wb_test.h"

#include <cfutures_testing.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

// ----- what slips.h promises to bring -----

static atomic_int written_by_pool;

cf_value write_slip(cf_value guest)
{
    const char *name = cf_as_str(guest);
    written_by_pool += cf_test_in_task();
    wb_work(1.0, "writing for %s", name);
    if (strcmp(name, "Ben") == 0) {
        return cf_fail(ENOMSG, "Ben has ordered nothing");
    }
    return cf_format("one soup for %s", name);
}

void hand_out(int guest, const char *slip)
{
    char line[80];
    snprintf(line, sizeof line, "%d, %s", guest, slip);
    wb_hear("hand_out", line, WB_CALLER);
}

// ----- the tests -----

static void check_handed_out(const char *guests[], int count, int expected)
{
    const int handed_out = hand_out_slips(guests, count);
    WB_CHECK(handed_out == expected,
             "hand_out_slips returned %d; %d was expected", handed_out,
             expected);
}

static void an_error_has_its_place(void)
{
    const char *guests[] = {"Ada", "Ben", "Cleo"};
    check_handed_out(guests, 3, 2);
    WB_HEARD("hand_out_slips", "  hand_out: 0, one soup for Ada\n"
                               "  hand_out: 2, one soup for Cleo\n");
}

static void the_first_may_fail(void)
{
    const char *guests[] = {"Ben", "Ada"};
    check_handed_out(guests, 2, 1);
    WB_HEARD("hand_out_slips", "  hand_out: 1, one soup for Ada\n");
}

static void all_may_fail(void)
{
    const char *guests[] = {"Ben", "Ben"};
    check_handed_out(guests, 2, 0);
    WB_HEARD("hand_out_slips", "");
}

static void without_guests_nothing_is_handed_out(void)
{
    check_handed_out(NULL, 0, 0);
    WB_HEARD("hand_out_slips", "");
}

static void one_pool_writes_all_and_is_closed(void)
{
    const char *guests[] = {"Ada", "Cleo", "Dan"};
    check_handed_out(guests, 3, 3);
    WB_EQUAL_INT(written_by_pool, 3);

    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    WB_CHECK(now.executors_opened == 1,
             "your code opened %zu pools for 3 guests; one was expected",
             now.executors_opened);
    WB_ALL_POOLS_CLOSED();
}

static void five_slips_take_as_long_as_one(void)
{
    const char *guests[] = {"Ada", "Ben", "Cleo", "Dan", "Eve"};
    check_handed_out(guests, 5, 4);
}

static CU_TestInfo slips_tests[] = {
    {"an_error_has_its_place", an_error_has_its_place},
    {"the_first_may_fail", the_first_may_fail},
    {"all_may_fail", all_may_fail},
    {"without_guests_nothing_is_handed_out",
     without_guests_nothing_is_handed_out},
    {"one_pool_writes_all_and_is_closed", one_pool_writes_all_and_is_closed},
    {"five_slips_take_as_long_as_one", five_slips_take_as_long_as_one},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"slips", NULL, NULL, NULL, NULL, slips_tests},
    CU_SUITE_INFO_NULL,
};
