// Tests of review_3/parcels. They bring the two steps.
//
// Which parcel is through first is not left to luck: where it matters, the
// first one stays in its step until the second is through, at a gate.

#include "parcels.h"

#include "wb_test.h"

#include <cfutures_testing.h>
#include <errno.h>
#include <stdatomic.h>

// ----- what parcels.h promises to bring -----

enum { NONE = -1 };

static int cannot_be_packed = NONE;  // the id of the parcel
static int nobody_at_home = NONE;
static int waits_in_packing = NONE;
static struct wb_gate meeting;  // with say
static bool say_meets;
static atomic_int packed_by_pool;
static atomic_int handed_over_by_pool;
static const void *last_said_by;

cf_value pack(cf_value id)
{
    const int number = (int)cf_as_int(id);
    packed_by_pool += cf_test_in_task();
    if (number == waits_in_packing) {
        wb_gate_enter(&meeting);
    }
    wb_work(1.0, "packing %d", number);
    if (number == cannot_be_packed) {
        return cf_fail(EFBIG, "parcel %d does not fit", number);
    }
    return cf_format("parcel %d", number);
}

cf_value hand_over(cf_value parcel)
{
    const char *what = cf_as_str(parcel);
    const int number = what[cf_size(parcel) - 1] - '0';
    handed_over_by_pool += cf_test_in_task();
    wb_work(1.0, "handing %d over", number);
    if (number == nobody_at_home) {
        return cf_fail(ENOENT, "%s: nobody at home", what);
    }
    return cf_format("%s, signed", what);
}

void say(const char *receipt)
{
    wb_hear("say", receipt, WB_CALLER);
    last_said_by = WB_CALLER;
    if (say_meets) {
        wb_gate_enter(&meeting);
    }
}

void note(const char *message)
{
    wb_hear("note", message, WB_CALLER);
}

// ----- the tests -----

static void check_sent(const int *ids, int count, int expected)
{
    const int sent = send_all(ids, count);
    WB_CHECK(sent == expected, "send_all returned %d; %d was expected", sent,
             expected);
}

static void a_parcel_is_packed_and_handed_over(void)
{
    check_sent((const int[]){4}, 1, 1);
    WB_HEARD("send_all", "  say: parcel 4, signed\n");
}

static void what_is_not_packed_is_not_handed_over(void)
{
    cannot_be_packed = 7;
    check_sent((const int[]){7}, 1, 0);
    WB_HEARD("send_all", "  note: parcel 7 does not fit\n");
    WB_EQUAL_INT(handed_over_by_pool, 0);
}

static void an_error_of_the_second_step_is_noted(void)
{
    nobody_at_home = 7;
    check_sent((const int[]){7}, 1, 0);
    WB_HEARD("send_all", "  note: parcel 7: nobody at home\n");
}

static void one_failure_costs_no_other_parcel(void)
{
    cannot_be_packed = 2;
    nobody_at_home = 3;
    check_sent((const int[]){1, 2, 3, 4}, 4, 2);
    WB_EQUAL_INT(handed_over_by_pool, 3);
}

static void without_parcels_nothing_is_said(void)
{
    check_sent(NULL, 0, 0);
    WB_HEARD("send_all", "");
}

static void each_step_is_a_task_of_one_pool(void)
{
    check_sent((const int[]){1, 2, 3}, 3, 3);
    WB_EQUAL_INT(packed_by_pool, 3);
    WB_EQUAL_INT(handed_over_by_pool, 3);

    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    WB_CHECK(now.executors_opened == 1,
             "your code opened %zu pools for 3 parcels; one was expected",
             now.executors_opened);
    WB_ALL_POOLS_CLOSED();
}

static void a_receipt_is_said_while_another_parcel_is_packed(void)
{
    waits_in_packing = 1;
    say_meets = true;
    wb_gate_init(&meeting, 2);
    check_sent((const int[]){1, 2}, 2, 2);
    WB_CHECK(meeting.state == WB_GATE_OPENED,
             "parcel 2 was through while parcel 1 was being packed; its "
             "receipt was said only after that%s. It was expected at once",
             wb_at(last_said_by));
}

static void two_parcels_take_as_long_as_one(void)
{
    check_sent((const int[]){1, 2}, 2, 2);
}

static CU_TestInfo parcels_tests[] = {
    {"a_parcel_is_packed_and_handed_over", a_parcel_is_packed_and_handed_over},
    {"what_is_not_packed_is_not_handed_over",
     what_is_not_packed_is_not_handed_over},
    {"an_error_of_the_second_step_is_noted",
     an_error_of_the_second_step_is_noted},
    {"one_failure_costs_no_other_parcel", one_failure_costs_no_other_parcel},
    {"without_parcels_nothing_is_said", without_parcels_nothing_is_said},
    {"each_step_is_a_task_of_one_pool", each_step_is_a_task_of_one_pool},
    {"a_receipt_is_said_while_another_parcel_is_packed",
     a_receipt_is_said_while_another_parcel_is_packed},
    {"two_parcels_take_as_long_as_one", two_parcels_take_as_long_as_one},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"parcels", NULL, NULL, NULL, NULL, parcels_tests},
    CU_SUITE_INFO_NULL,
};
