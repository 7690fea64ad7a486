// Tests of 01_submit/hello. They bring the guest, the table and the ears. On
// the virtual clock, the greeting and the table take a second each.

#include "hello.h"

#include "wb_test.h"

#include <cfutures_testing.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

// ----- what hello.h promises to bring -----

static bool chair_is_free;
static atomic_int greeted_by_pool;
static atomic_int greeted_directly;
static atomic_int times_said;
static atomic_bool pool_was_open;  // when something was said
static char last_said[64];
static const void *said_by;  // where say was called last

cf_value greet_slowly(cf_value name)
{
    if (cf_test_in_task()) {
        greeted_by_pool++;
    } else {
        greeted_directly++;
    }
    wb_work(1.0, "greeting %s", cf_as_str(name));
    return cf_format("Good evening, %s!", cf_as_str(name));
}

bool lay_table(void)
{
    wb_work(1.0, "laying the table");
    return chair_is_free;
}

void say(const char *greeting)
{
    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    pool_was_open = now.executors_open > 0;
    times_said++;
    said_by = WB_CALLER;
    snprintf(last_said, sizeof last_said, "%.60s", greeting);
}

// ----- what is checked, of either function -----

typedef bool hello_function(const char *name);

static bool call(hello_function *hello, const char *name, bool is_chair_free)
{
    chair_is_free = is_chair_free;
    times_said = 0;
    return hello(name);
}

static void check_greeting(hello_function *hello, const char *its_name)
{
    const bool greeted = call(hello, "Ada", true);

    WB_CHECK(greeted_directly == 0,
             "%s called greet_slowly itself; it was expected to give the "
             "function's name to cf_submit, and the pool calls it",
             its_name);
    WB_CHECK(greeted_by_pool == 1,
             "The pool of %s ran greet_slowly %d times; once was expected, "
             "for one guest",
             its_name, greeted_by_pool);
    WB_CHECK(times_said == 1,
             "%s called say %d times%s; once was expected, as there was a "
             "guest and a free chair",
             its_name, times_said, times_said > 1 ? wb_at(said_by) : "");
    const bool is_right = strcmp(last_said, "Good evening, Ada!") == 0;
    WB_CHECK(is_right || pool_was_open,
             "%s called say when its pool was closed%s; the text of the result "
             "had gone with the pool, and something else was said",
             its_name, wb_at(said_by));
    WB_CHECK(is_right,
             "%s said \"%s\"%s; \"Good evening, Ada!\" was expected, which is "
             "what the task returned",
             its_name, last_said, wb_at(said_by));
    WB_CHECK(greeted,
             "%s returned false; true was expected, as a chair was free",
             its_name);
}

static void check_no_chair(hello_function *hello, const char *its_name)
{
    const bool greeted = call(hello, "Grace", false);

    WB_CHECK(times_said == 0,
             "%s said \"%s\"%s; nothing was expected, as no chair was free",
             its_name, last_said, wb_at(said_by));
    WB_CHECK(!greeted,
             "%s returned true; false was expected, as no chair was free",
             its_name);
}

static void check_pool_closed(hello_function *hello)
{
    call(hello, "Alan", true);
    WB_ALL_POOLS_CLOSED();
    call(hello, "Alan", false);  // the other way out
    WB_ALL_POOLS_CLOSED();
}

// How long that takes is seen on the virtual clock.
static void greet_and_lay_the_table(hello_function *hello)
{
    call(hello, "Edsger", true);
    WB_EQUAL_INT(times_said, 1);
}

// ----- the tests -----

static void by_hand_says_what_the_task_returned(void)
{
    check_greeting(hello_by_hand, "hello_by_hand");
}

static void by_hand_says_nothing_without_a_chair(void)
{
    check_no_chair(hello_by_hand, "hello_by_hand");
}

static void by_hand_closes_the_pool_on_both_ways_out(void)
{
    check_pool_closed(hello_by_hand);
}

static void by_hand_lays_the_table_during_the_greeting(void)
{
    greet_and_lay_the_table(hello_by_hand);
}

static void in_a_block_says_what_the_task_returned(void)
{
    check_greeting(hello_in_a_block, "hello_in_a_block");
}

static void in_a_block_says_nothing_without_a_chair(void)
{
    check_no_chair(hello_in_a_block, "hello_in_a_block");
}

static void in_a_block_closes_the_pool_on_both_ways_out(void)
{
    check_pool_closed(hello_in_a_block);
}

static void in_a_block_lays_the_table_during_the_greeting(void)
{
    greet_and_lay_the_table(hello_in_a_block);
}

static CU_TestInfo by_hand_tests[] = {
    {"by_hand_says_what_the_task_returned",
     by_hand_says_what_the_task_returned},
    {"by_hand_says_nothing_without_a_chair",
     by_hand_says_nothing_without_a_chair},
    {"by_hand_closes_the_pool_on_both_ways_out",
     by_hand_closes_the_pool_on_both_ways_out},
    {"by_hand_lays_the_table_during_the_greeting",
     by_hand_lays_the_table_during_the_greeting},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo in_a_block_tests[] = {
    {"in_a_block_says_what_the_task_returned",
     in_a_block_says_what_the_task_returned},
    {"in_a_block_says_nothing_without_a_chair",
     in_a_block_says_nothing_without_a_chair},
    {"in_a_block_closes_the_pool_on_both_ways_out",
     in_a_block_closes_the_pool_on_both_ways_out},
    {"in_a_block_lays_the_table_during_the_greeting",
     in_a_block_lays_the_table_during_the_greeting},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"by hand", NULL, NULL, NULL, NULL, by_hand_tests},
    {"in a block", NULL, NULL, NULL, NULL, in_a_block_tests},
    CU_SUITE_INFO_NULL,
};
