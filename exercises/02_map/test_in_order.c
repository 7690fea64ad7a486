// Tests of 02_map/in_order. They bring the pots and the shelf.
//
// Two tests keep one of the jams on the fire until nothing else can happen any
// more: at a gate where one more is needed than will ever come.

#include "in_order.h"

#include "wb_test.h"

#include <cfutures_testing.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

// ----- what in_order.h promises to bring -----

enum { LABEL_SIZE = 64 };

static struct wb_gate fire;
static const char *slow_fruit;  // stays on the fire; NULL: none does
static double slow_seconds;     // on the virtual clock
static atomic_int cooked_by_pool;
static atomic_int labelled_by_tasks;
static _Atomic(const void *) called_by_a_task;  // put_label was, there
static atomic_int times_labelled;
static atomic_int labelled_before_the_slow_one;
static char shelf[MOST_FRUITS][LABEL_SIZE];
static const void *labelled_by[MOST_FRUITS];  // where put_label was called
static atomic_int labels_beside_the_shelf;
static int jar_beside_the_shelf;
static const void *last_call;

static bool is_slow(const char *fruit)
{
    return slow_fruit != NULL && strcmp(fruit, slow_fruit) == 0;
}

cf_value cook_jam(cf_value fruit)
{
    const char *name = cf_as_str(fruit);
    if (cf_test_in_task()) {
        cooked_by_pool++;
    }
    if (is_slow(name)) {
        wb_gate_enter(&fire);
        labelled_before_the_slow_one = times_labelled;
    }
    wb_work(is_slow(name) ? slow_seconds : 1.0, "cooking %s", name);
    return cf_format("jam of %s, cooked today", name);
}

void put_label(int jar, const char *text)
{
    if (cf_test_in_task()) {
        labelled_by_tasks++;
        called_by_a_task = WB_CALLER;
        return;  // the shelf is for one thread
    }
    times_labelled++;
    last_call = WB_CALLER;
    if (jar < 0 || jar >= MOST_FRUITS) {
        labels_beside_the_shelf++;
        jar_beside_the_shelf = jar;
        return;
    }
    snprintf(shelf[jar], LABEL_SIZE, "%.60s", text);
    labelled_by[jar] = WB_CALLER;
}

// ----- the tests -----

static const char *fruits[MOST_FRUITS] = {"quince", "fig", "apple", "pear",
                                          "cherry"};

static void check_jar(int jar)
{
    char expected[LABEL_SIZE];
    snprintf(expected, sizeof expected, "jam of %s, cooked today", fruits[jar]);
    WB_CHECK(
        strcmp(shelf[jar], expected) == 0,
        "The label of jar %d is \"%s\"%s; \"%s\" was expected, as fruits[%d] "
        "is \"%s\"",
        jar, shelf[jar], wb_at(labelled_by[jar]), expected, jar, fruits[jar]);
}

static void check_labels(int count)
{
    WB_CHECK(cooked_by_pool == count,
             "The pool ran cook_jam %d times; %d times were expected, once for "
             "each fruit",
             cooked_by_pool, count);
    WB_CHECK(labelled_by_tasks == 0,
             "put_label was called inside of a task%s; it was expected that "
             "cook_all calls it, with what the tasks return",
             wb_at(called_by_a_task));
    WB_CHECK(labels_beside_the_shelf == 0,
             "put_label was called with %d%s, which is the number of no jar; "
             "the jars of %d fruits are 0 to %d",
             jar_beside_the_shelf, wb_at(last_call), count, count - 1);
    WB_CHECK(times_labelled == count,
             "put_label was called %d times for %d fruits%s; once for each was "
             "expected",
             times_labelled, count, wb_at(last_call));
    for (int jar = 0; jar < count; jar++) {
        check_jar(jar);
    }
}

static void keep_on_the_fire(const char *fruit)
{
    wb_gate_init(&fire, 2);
    slow_fruit = fruit;
    slow_seconds = 1.0;
}

static void each_jar_gets_the_label_of_its_fruit(void)
{
    cook_all(fruits, MOST_FRUITS);
    check_labels(MOST_FRUITS);
}

static void the_first_jam_may_be_ready_last(void)
{
    keep_on_the_fire(fruits[0]);
    cook_all(fruits, MOST_FRUITS);
    check_labels(MOST_FRUITS);
}

static void one_fruit_makes_one_jar(void)
{
    cook_all(fruits, 1);
    check_labels(1);
}

static void without_fruits_no_jar_is_labelled(void)
{
    cook_all(fruits, 0);
    WB_CHECK(times_labelled == 0,
             "There was no fruit, and put_label was called %d times%s; no call "
             "was expected",
             times_labelled, wb_at(last_call));
}

static void the_pool_is_closed_afterwards(void)
{
    cook_all(fruits, 3);
    WB_ALL_POOLS_CLOSED();
}

static void all_fruits_share_one_pool(void)
{
    cook_all(fruits, MOST_FRUITS);

    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    WB_CHECK(now.executors_opened == 1,
             "Your code opened %zu pools for %d fruits; one pool was expected "
             "to serve them all",
             now.executors_opened, MOST_FRUITS);
}

// One of them takes two seconds, the others one each.
static void five_jams_take_as_long_as_the_slowest(void)
{
    wb_gate_init(&fire, 1);  // lets it pass
    slow_fruit = "apple";
    slow_seconds = 2.0;
    cook_all(fruits, MOST_FRUITS);
    WB_EQUAL_INT(times_labelled, MOST_FRUITS);
}

// The last jam is ready when nobody can do anything else any more.
static void jars_are_labelled_while_the_last_jam_cooks(void)
{
    keep_on_the_fire(fruits[MOST_FRUITS - 1]);
    cook_all(fruits, MOST_FRUITS);
    WB_CHECK(labelled_before_the_slow_one == MOST_FRUITS - 1,
             "put_label was called too late%s: all jams but the last were "
             "ready, and %d jars had a label; %d were expected, as only the "
             "last jam was still on the fire",
             wb_at(labelled_by[0]), labelled_before_the_slow_one,
             MOST_FRUITS - 1);
}

static CU_TestInfo in_order_tests[] = {
    {"each_jar_gets_the_label_of_its_fruit",
     each_jar_gets_the_label_of_its_fruit},
    {"the_first_jam_may_be_ready_last", the_first_jam_may_be_ready_last},
    {"one_fruit_makes_one_jar", one_fruit_makes_one_jar},
    {"without_fruits_no_jar_is_labelled", without_fruits_no_jar_is_labelled},
    {"the_pool_is_closed_afterwards", the_pool_is_closed_afterwards},
    {"all_fruits_share_one_pool", all_fruits_share_one_pool},
    {"five_jams_take_as_long_as_the_slowest",
     five_jams_take_as_long_as_the_slowest},
    {"jars_are_labelled_while_the_last_jam_cooks",
     jars_are_labelled_while_the_last_jam_cooks},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"in order", NULL, NULL, NULL, NULL, in_order_tests},
    CU_SUITE_INFO_NULL,
};
