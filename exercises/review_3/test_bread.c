// Tests of review_3/bread. They bring say, and try out what the answers
// claim: wb_orders.h says how.

#include "bread.h"

#include "wb_orders.h"
#include "wb_test.h"

static const struct {
    const char *lines;
    bool happens;  // in the program as it was handed out
} orders[ORDERS] = {
    [A] = {"table dough bowl bread eat lights", true},
    [B] = {"table dough bread eat bowl lights", true},
    [C] = {"dough bowl table bread eat lights", true},
    [D] = {"table dough bread bowl eat lights", true},
    [E] = {"bowl table dough bread eat lights", false},
    [F] = {"dough table eat bread bowl lights", false},
    [G] = {"table dough bread eat lights bowl", false},
};

// ----- what bread.h promises to bring -----

void say(const char *line)
{
    wb_orders_say(line);
}

// ----- the tests -----

static void each_order_has_an_answer(void)
{
    for (int i = 0; i < ORDERS; i++) {
        WB_CHECK(answers[i] == CAN || answers[i] == CANNOT,
                 "answers[%c] is neither CAN nor CANNOT", 'A' + i);
    }
}

static void some_can_and_some_cannot(void)
{
    int can = 0;
    for (int i = 0; i < ORDERS; i++) {
        can += answers[i] == CAN;
    }
    const bool is_mixed = can != 0 && can != ORDERS;
    WB_CHECK(is_mixed,
             "by your answers, %s of the orders can happen; some can, and some "
             "cannot",
             can > 0 ? "all" : "none");
}

static void bread_is_as_it_was_handed_out(void)
{
    for (int i = 0; i < ORDERS; i++) {
        WB_CHECK(
            wb_orders_conduct(bread, orders[i].lines) == orders[i].happens,
            "bread is not the program that the question is about: somebody "
            "has changed it. `./workbook diff` shows where");
    }
}

static void what_can_happen_is_made_to_happen(void)
{
    for (int i = 0; i < ORDERS; i++) {
        WB_CHECK(answers[i] != CAN || wb_orders_conduct(bread, orders[i].lines),
                 "answers[%c] is CAN. Each line of \"%s\" waited for its turn, "
                 "but bread could not go this way; it said \"%s\"",
                 'A' + i, orders[i].lines, wb_orders_said());
    }
}

static void what_cannot_happen_never_does(void)
{
    wb_orders_let_run(bread);
    for (int i = 0; i < ORDERS; i++) {
        const bool is_this = strcmp(wb_orders_said(), orders[i].lines) == 0;
        WB_CHECK(answers[i] != CANNOT || !is_this,
                 "answers[%c] is CANNOT, and here bread said \"%s\"", 'A' + i,
                 wb_orders_said());
    }
}

static CU_TestInfo bread_tests[] = {
    {"each_order_has_an_answer", each_order_has_an_answer},
    {"some_can_and_some_cannot", some_can_and_some_cannot},
    {"bread_is_as_it_was_handed_out", bread_is_as_it_was_handed_out},
    {"what_can_happen_is_made_to_happen", what_can_happen_is_made_to_happen},
    {"what_cannot_happen_never_does", what_cannot_happen_never_does},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"bread", NULL, NULL, NULL, NULL, bread_tests},
    CU_SUITE_INFO_NULL,
};
