// Tests of review_1/lunch. They bring say, which writes the lines down.
//
// Can an order happen? The test makes it happen: a conductor calls one line
// after another, and each line waits until it is called. If the program can go
// this way it does, since nothing else keeps it. If it can't, then conductor
// and program wait for each other, the gates give up, and what is written down
// is another order.
//
// Can't it happen? Then no run of the program writes it down, in whichever
// order its threads take their steps; that is tried without a conductor.

#include "lunch.h"

#include "wb_test.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { LINES = 5, MOST_TEXT = 64 };

static const struct order {
    const char *lines[LINES];
    bool happens;  // in the program as it was handed out
} orders[ORDERS] = {
    [A] = {{"soup", "stew", "table", "pie", "closed"}, true},
    [B] = {{"stew", "pie", "soup", "table", "closed"}, true},
    [C] = {{"pie", "soup", "stew", "table", "closed"}, false},
    [D] = {{"soup", "table", "pie", "stew", "closed"}, true},
    [E] = {{"stew", "table", "soup", "pie", "closed"}, false},
    [F] = {{"soup", "stew", "table", "closed", "pie"}, false},
    [G] = {{"soup", "stew", "pie", "table", "closed"}, true},
};

// ----- the conductor -----

static const struct order *wanted;     // NULL: nobody conducts
static struct wb_gate called[LINES];   // the conductor and who says this line
static struct wb_gate written[LINES];  // they meet again when it is written

static void *conduct(void *unused)
{
    (void)unused;
    for (int i = 0; i < LINES; i++) {
        if (!wb_gate_enter(&called[i]) || !wb_gate_enter(&written[i])) {
            break;
        }
    }
    return NULL;
}

static int turn_of(const char *line)
{
    int i = 0;
    while (i < LINES - 1 && strcmp(wanted->lines[i], line) != 0) {
        i++;
    }
    return i;
}

// ----- what lunch.h promises to bring -----

static pthread_mutex_t notebook = PTHREAD_MUTEX_INITIALIZER;
static char notes[MOST_TEXT];  // guarded by notebook

static void write_down(const char *line)
{
    pthread_mutex_lock(&notebook);
    const size_t used = strlen(notes);
    snprintf(notes + used, sizeof notes - used, "%s%s", used > 0 ? " " : "",
             line);
    pthread_mutex_unlock(&notebook);
}

void say(const char *line)
{
    if (wanted == NULL) {
        write_down(line);
        return;
    }
    const int turn = turn_of(line);
    wb_gate_enter(&called[turn]);
    write_down(line);
    wb_gate_enter(&written[turn]);
}

// ----- the tests -----

static const char *text_of(int order)
{
    static char text[MOST_TEXT];
    text[0] = '\0';
    for (int i = 0; i < LINES; i++) {
        const size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%s", i > 0 ? " " : "",
                 orders[order].lines[i]);
    }
    return text;
}

static bool is_as_written(int order)
{
    return strcmp(notes, text_of(order)) == 0;
}

static void conduct_lunch(int order)
{
    notes[0] = '\0';
    wanted = &orders[order];
    for (int i = 0; i < LINES; i++) {
        wb_gate_init(&called[i], 2);
        wb_gate_init(&written[i], 2);
    }
    pthread_t conductor;
    const int error = pthread_create(&conductor, NULL, conduct, NULL);
    WB_CHECK(error == 0, "the conductor's thread could not be started: %s",
             strerror(error));
    lunch();
    pthread_join(conductor, NULL);
}

static void each_order_has_an_answer(void)
{
    for (int i = 0; i < ORDERS; i++) {
        WB_CHECK(answers[i] == CAN || answers[i] == CANNOT,
                 "answers[%c] is neither CAN nor CANNOT", 'A' + i);
    }
}

static void some_can_and_some_cannot(void)
{
    int possible = 0;
    for (int i = 0; i < ORDERS; i++) {
        possible += answers[i] == CAN;
    }
    WB_CHECK(possible > 0 && possible<ORDERS,
                                      "by your answers, %s of the orders can "
                                      "happen; some can, and some "
                                      "cannot",
                                      possible> 0
                 ? "all"
                 : "none");
}

static void lunch_is_as_it_was_handed_out(void)
{
    for (int i = 0; i < ORDERS; i++) {
        conduct_lunch(i);
        WB_CHECK(is_as_written(i) == orders[i].happens,
                 "lunch is not the program that the question is about: "
                 "somebody has changed it. `./workbook diff` shows where");
    }
}

static void what_can_happen_is_made_to_happen(void)
{
    for (int i = 0; i < ORDERS; i++) {
        if (answers[i] == CAN) {
            conduct_lunch(i);
            WB_CHECK(is_as_written(i),
                     "answers[%c] is CAN. Each line of \"%s\" waited for its "
                     "turn, but lunch could not go this way; it said \"%s\"",
                     'A' + i, text_of(i), notes);
        }
    }
}

static void what_cannot_happen_never_does(void)
{
    lunch();
    for (int i = 0; i < ORDERS; i++) {
        WB_CHECK(answers[i] != CANNOT || !is_as_written(i),
                 "answers[%c] is CANNOT, and here lunch said \"%s\"", 'A' + i,
                 notes);
    }
}

static CU_TestInfo lunch_tests[] = {
    {"each_order_has_an_answer", each_order_has_an_answer},
    {"some_can_and_some_cannot", some_can_and_some_cannot},
    {"lunch_is_as_it_was_handed_out", lunch_is_as_it_was_handed_out},
    {"what_can_happen_is_made_to_happen", what_can_happen_is_made_to_happen},
    {"what_cannot_happen_never_does", what_cannot_happen_never_does},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"lunch", NULL, NULL, NULL, NULL, lunch_tests},
    CU_SUITE_INFO_NULL,
};
