// Tests of review_2/visits. They bring the doors.

#include "visits.h"

#include "wb_test.h"

#include <cfutures_testing.h>
#include <errno.h>
#include <stdatomic.h>
#include <string.h>

// ----- what visits.h promises to bring -----

static atomic_int rung_by_pool;

cf_value ring(cf_value name)
{
    const char *who = cf_as_str(name);
    rung_by_pool += cf_test_in_task();
    wb_work(1.0, "ringing at %s's", who);
    if (strcmp(who, "Ben") == 0) {
        return cf_fail(ENOENT, "Ben does not open");
    }
    return cf_format("%s says hello", who);
}

void say(const char *text)
{
    wb_hear("say", text, WB_CALLER);
}

void note(const char *message)
{
    wb_hear("note", message, WB_CALLER);
}

// ----- the tests -----

static void check_opened(const char *names[], int count, int expected)
{
    const int opened = visit_all(names, count);
    WB_CHECK(opened == expected, "visit_all returned %d; %d was expected",
             opened, expected);
}

static void who_opens_is_heard_in_order(void)
{
    const char *names[] = {"Ada", "Cleo"};
    check_opened(names, 2, 2);
    WB_HEARD("visit_all", "  say: Ada says hello\n"
                          "  say: Cleo says hello\n");
}

static void a_shut_door_costs_no_other(void)
{
    const char *names[] = {"Ada", "Ben", "Cleo"};
    check_opened(names, 3, 2);
    WB_HEARD("visit_all", "  say: Ada says hello\n"
                          "  note: Ben does not open\n"
                          "  say: Cleo says hello\n");
}

static void without_doors_nothing_is_heard(void)
{
    check_opened(NULL, 0, 0);
    WB_HEARD("visit_all", "");
}

static void one_pool_rings_at_all(void)
{
    const char *names[] = {"Ada", "Ben", "Cleo"};
    check_opened(names, 3, 2);
    WB_EQUAL_INT(rung_by_pool, 3);

    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    WB_CHECK(now.executors_opened == 1,
             "your code opened %zu pools for 3 doors; one was expected",
             now.executors_opened);
}

static void the_pool_is_closed_afterwards(void)
{
    const char *names[] = {"Ada", "Ben"};
    check_opened(names, 2, 1);
    WB_ALL_POOLS_CLOSED();
}

static void five_doors_take_as_long_as_one(void)
{
    const char *names[] = {"Ada", "Ben", "Cleo", "Dan", "Eve"};
    check_opened(names, 5, 4);
}

static CU_TestInfo visits_tests[] = {
    {"who_opens_is_heard_in_order", who_opens_is_heard_in_order},
    {"a_shut_door_costs_no_other", a_shut_door_costs_no_other},
    {"without_doors_nothing_is_heard", without_doors_nothing_is_heard},
    {"one_pool_rings_at_all", one_pool_rings_at_all},
    {"the_pool_is_closed_afterwards", the_pool_is_closed_afterwards},
    {"five_doors_take_as_long_as_one", five_doors_take_as_long_as_one},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"visits", NULL, NULL, NULL, NULL, visits_tests},
    CU_SUITE_INFO_NULL,
};
