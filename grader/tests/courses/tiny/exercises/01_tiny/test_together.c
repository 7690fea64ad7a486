#include "together.h"

#include "wb_test.h"

#include <stdatomic.h>

static struct wb_gate gate;
static atomic_int visits;

cf_value visit(cf_value place)
{
    atomic_fetch_add(&visits, 1);
    wb_gate_enter(&gate);
    return place;
}

static void both_are_visited(void)
{
    wb_gate_init(&gate, 1);
    visit_both();
    WB_EQUAL_INT(visits, 2);
}

static void both_are_inside_at_once(void)
{
    wb_gate_init(&gate, 2);
    visit_both();
    WB_OPENED(&gate, "visits");
}

static CU_TestInfo together_tests[] = {
    {"both_are_visited", both_are_visited},
    {"both_are_inside_at_once", both_are_inside_at_once},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"together", NULL, NULL, NULL, NULL, together_tests},
    CU_SUITE_INFO_NULL,
};
