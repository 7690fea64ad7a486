// Tests of 01_submit/greeter. They bring the guests and the ears.
//
// The slow part of greet_slowly takes a second on the virtual clock, and has a
// gate that keeps each task inside until `needed` are inside at once, or until
// that cannot happen any more.

#include "greeter.h"

#include "wb_test.h"

#include <cfutures_testing.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

// ----- what greeter.h promises to bring -----

static struct wb_gate gate;
static atomic_int greeted_by_pool;
static atomic_int times_said;
static char said[2 * MOST_GUESTS][64];
static const void *said_by[2 * MOST_GUESTS];  // where say was called

cf_value greet_slowly(cf_value name)
{
    if (cf_test_in_task()) {
        greeted_by_pool++;
    }
    wb_gate_enter(&gate);
    wb_work(1.0, "greeting %s", cf_as_str(name));
    return cf_format("Good evening, %s!", cf_as_str(name));
}

void say(const char *greeting)
{
    const int i = atomic_fetch_add(&times_said, 1);
    if (i < 2 * MOST_GUESTS) {
        snprintf(said[i], sizeof said[i], "%.60s", greeting);
        said_by[i] = WB_CALLER;
    }
}

// ----- the tests -----

static const char *guests[MOST_GUESTS] = {"Ada", "Grace", "Alan", "Edsger",
                                          "Barbara"};

static void check_said(int i)
{
    char expected[64];
    snprintf(expected, sizeof expected, "Good evening, %s!", guests[i]);
    WB_CHECK(strcmp(said[i], expected) == 0,
             "As number %d you said \"%s\"%s; \"%s\" was expected, as %s is "
             "number %d of the names",
             i + 1, said[i], wb_at(said_by[i]), expected, guests[i], i + 1);
}

static bool said_the_same(void)
{
    int i = 1;
    while (i < MOST_GUESTS && strcmp(said[i], said[0]) == 0) {
        i++;
    }
    return i == MOST_GUESTS;
}

// Greets the first `count` guests; the gate opens for `needed` at once.
static void greet_first(int count, size_t needed)
{
    wb_gate_init(&gate, needed);
    greet_all(guests, count);
}

static void greetings_come_in_the_order_of_the_names(void)
{
    greet_first(MOST_GUESTS, MOST_GUESTS);

    WB_CHECK(greeted_by_pool == MOST_GUESTS,
             "The pool ran greet_slowly %d times; %d times were expected, "
             "once for each guest",
             greeted_by_pool, MOST_GUESTS);
    WB_CHECK(
        times_said == MOST_GUESTS,
        "The function say was called %d times for %d guests%s; once for each "
        "was expected",
        times_said, MOST_GUESTS, wb_at(said_by[0]));
    WB_CHECK(!said_the_same(),
             "All %d times you said \"%s\"%s: is there one variable where each "
             "guest needs one of their own?",
             MOST_GUESTS, said[0], wb_at(said_by[0]));
    for (int i = 0; i < MOST_GUESTS; i++) {
        check_said(i);
    }
}

static void one_guest_gets_one_greeting(void)
{
    greet_first(1, 1);

    WB_CHECK(times_said == 1,
             "The function say was called %d times for one guest%s; once was "
             "expected",
             times_said, wb_at(said_by[0]));
    check_said(0);
}

static void without_guests_nothing_is_said(void)
{
    greet_first(0, 1);

    WB_CHECK(times_said == 0,
             "Nobody came, and say was called %d times%s; no call was expected",
             times_said, wb_at(said_by[0]));
}

static void the_pool_is_closed_afterwards(void)
{
    greet_first(3, 3);
    WB_ALL_POOLS_CLOSED();
}

static void without_guests_the_pool_is_closed_too(void)
{
    greet_first(0, 1);
    WB_ALL_POOLS_CLOSED();
}

static void all_guests_share_one_pool(void)
{
    greet_first(MOST_GUESTS, MOST_GUESTS);

    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    WB_CHECK(now.executors_opened == 1,
             "Your code opened %zu pools for %d guests; one pool, opened "
             "before the first guest, was expected to serve them all",
             now.executors_opened, MOST_GUESTS);
}

static void five_guests_take_as_long_as_one(void)
{
    greet_first(MOST_GUESTS, 1);
    WB_EQUAL_INT(times_said, MOST_GUESTS);
}

// One more is needed than will ever come, so the gate keeps everybody inside
// until it has seen how the caller waits: asleep, or asking again and again.
static void the_caller_sleeps_while_it_waits(void)
{
    greet_first(MOST_GUESTS, MOST_GUESTS + 1);
    WB_CHECK(gate.state != WB_GATE_SPINNING,
             "While the guests were being greeted, your code asked \"done "
             "yet?\" %d times and more; it was expected to call cf_result "
             "and sleep until the greeting is there",
             WB_MANY_POLLS);
}

static CU_TestInfo greeter_tests[] = {
    {"greetings_come_in_the_order_of_the_names",
     greetings_come_in_the_order_of_the_names},
    {"one_guest_gets_one_greeting", one_guest_gets_one_greeting},
    {"without_guests_nothing_is_said", without_guests_nothing_is_said},
    {"the_pool_is_closed_afterwards", the_pool_is_closed_afterwards},
    {"without_guests_the_pool_is_closed_too",
     without_guests_the_pool_is_closed_too},
    {"all_guests_share_one_pool", all_guests_share_one_pool},
    {"five_guests_take_as_long_as_one", five_guests_take_as_long_as_one},
    {"the_caller_sleeps_while_it_waits", the_caller_sleeps_while_it_waits},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"greeter", NULL, NULL, NULL, NULL, greeter_tests},
    CU_SUITE_INFO_NULL,
};
