// Tests of review_3/cakes. They bring the ovens and the board. Which cake is
// over first is not decided here: the explorer tries the orders. The board is
// plain memory, so that two who write on it at once are seen.

#include "cakes.h"

#include "wb_test.h"

#include <cfutures_testing.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>

// ----- what cakes.h promises to bring -----

static int burnt = -1;  // the number of the cake that is
static double slow_seconds = 3.0;
static atomic_int baked;
static int shown;  // on the board

cf_value bake(cf_value number)
{
    const int cake = (int)cf_as_int(number);
    if (cf_test_in_task()) {
        baked++;
    }
    wb_work(cake == 0 ? slow_seconds : 3.0, "baking cake %d", cake);
    if (cake == burnt) {
        return cf_fail(EIO, "cake %d is burnt", cake);
    }
    return cf_int(100 + cake);
}

void show(int over, int all)
{
    char line[32];
    snprintf(line, sizeof line, "%d of %d", over, all);
    wb_hear("show", line, WB_CALLER);
    wb_work(1.0, "the board: %s", line);
    shown++;
}

// ----- the tests -----

static void check_weight(int count, int expected)
{
    const int weight = bake_all(count);
    WB_CHECK(weight == expected, "bake_all(%d) returned %d; %d was expected",
             count, weight, expected);
}

static void the_board_counts_up(void)
{
    check_weight(2, 201);
    WB_HEARD("bake_all", "  show: 1 of 2\n  show: 2 of 2\n");
}

static void the_board_counts_three_cakes(void)
{
    check_weight(3, 303);
    WB_HEARD("bake_all", "  show: 1 of 3\n  show: 2 of 3\n  show: 3 of 3\n");
}

static void a_burnt_cake_is_over_and_weighs_nothing(void)
{
    burnt = 1;
    check_weight(3, 202);
    WB_HEARD("bake_all", "  show: 1 of 3\n  show: 2 of 3\n  show: 3 of 3\n");
}

static void without_cakes_the_board_stays_empty(void)
{
    check_weight(0, 0);
    WB_HEARD("bake_all", "");
}

static void a_second_day_begins_with_one(void)
{
    check_weight(1, 100);
    check_weight(1, 100);
    WB_HEARD("bake_all", "  show: 1 of 1\n  show: 1 of 1\n");
}

static void the_pool_bakes_and_is_closed(void)
{
    check_weight(3, 303);
    WB_CHECK(baked == 3,
             "the pool ran bake %d times for 3 cakes; once for each was "
             "expected",
             baked);
    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    WB_CHECK(now.executors_opened == 1,
             "your code opened %zu pools for 3 cakes; one was expected",
             now.executors_opened);
    WB_ALL_POOLS_CLOSED();
}

// Two ovens: cakes are over after 3, 3, 6 and 6 seconds, and the board takes
// one for each.
static void no_oven_waits_for_the_board(void)
{
    check_weight(4, 406);
}

// One is over after 3 seconds, the next after 6, the slow one after 9.
static void the_board_does_not_wait_for_the_slow_cake(void)
{
    slow_seconds = 9.0;
    check_weight(3, 303);
}

static CU_TestInfo cakes_tests[] = {
    {"the_board_counts_up", the_board_counts_up},
    {"the_board_counts_three_cakes", the_board_counts_three_cakes},
    {"a_burnt_cake_is_over_and_weighs_nothing",
     a_burnt_cake_is_over_and_weighs_nothing},
    {"without_cakes_the_board_stays_empty",
     without_cakes_the_board_stays_empty},
    {"a_second_day_begins_with_one", a_second_day_begins_with_one},
    {"the_pool_bakes_and_is_closed", the_pool_bakes_and_is_closed},
    {"no_oven_waits_for_the_board", no_oven_waits_for_the_board},
    {"the_board_does_not_wait_for_the_slow_cake",
     the_board_does_not_wait_for_the_slow_cake},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"cakes", NULL, NULL, NULL, NULL, cakes_tests},
    CU_SUITE_INFO_NULL,
};
