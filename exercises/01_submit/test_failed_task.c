// Tests of 01_submit/failed_task. They bring the doors, and know who is out.
// On the virtual clock, who rings waits at the door for a second.

#include "failed_task.h"

#include "wb_test.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

// ----- what failed_task.h promises to bring -----

static bool is_out(const char *name)
{
    return strcmp(name, "Grace") == 0 || strcmp(name, "Edsger") == 0;
}

bool ring(const char *name)
{
    wb_work(1.0, "ringing at %s", name);
    return !is_out(name);
}

void say(const char *greeting)
{
    wb_hear("say", greeting, WB_CALLER);
}

void note(const char *message)
{
    wb_hear("note", message, WB_CALLER);
}

static void check_failures(int failures, int expected)
{
    WB_CHECK(failures == expected,
             "visit_all returned %d; %d was expected, as many as stayed shut",
             failures, expected);
}

// ----- the task alone -----

static bool is_readable(const char *text)
{
    while (isprint((unsigned char)*text)) {
        text++;
    }
    return *text == '\0';
}

// Given to a pool, as visit_all does: only then is the result copied as it is
// in earnest.
static void a_visit_to_somebody_at_home_returns_a_greeting(void)
{
    cf_with (pool, cf_thread_pool()) {
        const cf_value result = cf_result(cf_submit(pool, visit, "Ada"));
        WB_CHECK(strcmp(cf_kind_name(result), "text") == 0,
                 "Ada is at home; visit(\"Ada\") returned a value of the kind "
                 "\"%s\", a text was expected",
                 cf_kind_name(result));
        const char *greeting = cf_as_str(result);
        WB_CHECK(is_readable(greeting),
                 "The text that visit(\"Ada\") returned is garbage: its memory "
                 "was gone when it was read. Is it a local array of visit's?");
        WB_EQUAL_STR(greeting, "Hello, Ada!");
    }
}

static void a_visit_to_a_shut_door_returns_an_error(void)
{
    cf_with (pool, cf_thread_pool()) {
        const cf_value result = cf_result(cf_submit(pool, visit, "Grace"));
        WB_CHECK(cf_failed(result),
                 "Nobody opened; visit(\"Grace\") returned a value of the "
                 "kind \"%s\", an error was expected",
                 cf_kind_name(result));
        const cf_error *error = cf_as_error(result);
        WB_CHECK(error->code == ENOENT,
                 "Nobody opened; the code of visit's error, made at %s:%d, is "
                 "%d; ENOENT (%d) was expected",
                 error->file, error->line, error->code, ENOENT);
        WB_CHECK(strcmp(error->message, "nobody at home: Grace") == 0,
                 "Grace did not open; the message of visit's error, made at "
                 "%s:%d, is \"%.60s\"; \"nobody at home: Grace\" was expected",
                 error->file, error->line, error->message);
    }
}

// ----- all visits -----

static void good_results_are_said_in_the_order_of_the_names(void)
{
    const char *names[] = {"Barbara", "Alan", "Ada"};
    const int failures = visit_all(names, 3);

    WB_HEARD("visit_all", "  say: Hello, Barbara!\n"
                          "  say: Hello, Alan!\n"
                          "  say: Hello, Ada!\n");
    check_failures(failures, 0);
}

static void a_failure_costs_no_other_visit(void)
{
    const char *names[] = {"Ada", "Grace", "Alan", "Edsger", "Barbara"};
    const int failures = visit_all(names, 5);

    WB_HEARD("visit_all", "  say: Hello, Ada!\n"
                          "  note: nobody at home: Grace\n"
                          "  say: Hello, Alan!\n"
                          "  note: nobody at home: Edsger\n"
                          "  say: Hello, Barbara!\n");
    check_failures(failures, 2);
}

static void all_visits_may_fail(void)
{
    const char *names[] = {"Grace", "Edsger"};
    const int failures = visit_all(names, 2);

    WB_HEARD("visit_all", "  note: nobody at home: Grace\n"
                          "  note: nobody at home: Edsger\n");
    check_failures(failures, 2);
}

static void without_names_nobody_is_visited(void)
{
    const char *names[] = {"Ada"};
    const int failures = visit_all(names, 0);

    WB_HEARD("visit_all", "");
    check_failures(failures, 0);
}

static void the_pool_is_closed_afterwards(void)
{
    const char *names[] = {"Grace", "Ada"};
    visit_all(names, 2);
    WB_ALL_POOLS_CLOSED();
}

static void five_visits_take_as_long_as_one(void)
{
    const char *names[] = {"Edsger", "Barbara", "Grace", "Alan", "Ada"};
    WB_EQUAL_INT(visit_all(names, 5), 2);
}

static CU_TestInfo visit_tests[] = {
    {"a_visit_to_somebody_at_home_returns_a_greeting",
     a_visit_to_somebody_at_home_returns_a_greeting},
    {"a_visit_to_a_shut_door_returns_an_error",
     a_visit_to_a_shut_door_returns_an_error},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo visit_all_tests[] = {
    {"good_results_are_said_in_the_order_of_the_names",
     good_results_are_said_in_the_order_of_the_names},
    {"a_failure_costs_no_other_visit", a_failure_costs_no_other_visit},
    {"all_visits_may_fail", all_visits_may_fail},
    {"without_names_nobody_is_visited", without_names_nobody_is_visited},
    {"the_pool_is_closed_afterwards", the_pool_is_closed_afterwards},
    {"five_visits_take_as_long_as_one", five_visits_take_as_long_as_one},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"visit", NULL, NULL, NULL, NULL, visit_tests},
    {"visit_all", NULL, NULL, NULL, NULL, visit_all_tests},
    CU_SUITE_INFO_NULL,
};
