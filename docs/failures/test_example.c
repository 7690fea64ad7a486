// The tests of the examples. The slow part is a gate, as in the exercises.

#include "example.h"

#include "wb_test.h"

#include <stdatomic.h>

static struct wb_gate gate;
static atomic_bool somebody_came;

cf_value slow(cf_value number)
{
    somebody_came = true;
    wb_gate_enter(&gate);
    return cf_int(cf_as_int(number));
}

static void the_answer_is_42(void)
{
    wb_gate_init(&gate, 1);
    WB_EQUAL_INT(example(), 42);
    WB_ALL_POOLS_CLOSED();
}

static void two_are_under_way_at_once(void)
{
    wb_gate_init(&gate, 2);
    const int answer = example();
    if (somebody_came) {
        WB_OPENED(&gate, "calls of slow");
    }
    WB_EQUAL_INT(answer, 42);
}

static void never_more_than_two_are_under_way(void)
{
    wb_gate_init(&gate, 3);
    const int answer = example();
    if (somebody_came) {
        WB_NEVER_MORE_THAN(2, &gate, "calls of slow");
    }
    WB_EQUAL_INT(answer, 42);
}

// One more is needed than ever comes, so that the caller has to wait.
static void the_caller_sleeps_while_it_waits(void)
{
    wb_gate_init(&gate, 3);
    const int answer = example();
    WB_CHECK(gate.state != WB_GATE_SPINNING,
             "While slow was at work, example asked \"done yet?\" %d times "
             "and more",
             WB_MANY_POLLS);
    WB_EQUAL_INT(answer, 42);
}

static CU_TestInfo example_tests[] = {
    {"the_answer_is_42", the_answer_is_42},
    {"two_are_under_way_at_once", two_are_under_way_at_once},
    {"never_more_than_two_are_under_way", never_more_than_two_are_under_way},
    {"the_caller_sleeps_while_it_waits", the_caller_sleeps_while_it_waits},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"example", NULL, NULL, NULL, NULL, example_tests},
    CU_SUITE_INFO_NULL,
};
