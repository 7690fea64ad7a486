// Tests of 03_as_completed/first_come. They bring the kitchen and the table.
//
// Which plate is ready first is not left to luck: in a test of the order each
// dish but the first waits, before it is ready, at a gate of its own, which
// opens when the plate before it is being served. Code that serves in another
// order waits for a dish that waits for it; then the gates give up, and the
// order that was heard tells.

#include "first_come.h"

#include "wb_test.h"

#include <cfutures_testing.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

// ----- what first_come.h promises to bring -----

enum { MOST_HEARD = 2 * MOST_DISHES, NOT_IN_ORDER = -1 };

static struct wb_gate kitchen;  // where all dishes are at once
static atomic_size_t cooked_by_pool;
static atomic_size_t served_by_pool;
static atomic_size_t times_served;
static char served[MOST_HEARD][64];
static const void *serve_calls[MOST_HEARD];  // where serve was called
static _Atomic(const void *) called_by_a_task;

// The order in which the plates are ready, if a test decides it.
static const char **ready;
static size_t ready_count;
static struct wb_gate turns[MOST_DISHES];  // [i]: i - 1 is being served

static int turn_of(const char *text)
{
    for (size_t i = 0; i < ready_count; i++) {
        if (strncmp(text, ready[i], strlen(ready[i])) == 0) {
            return (int)i;
        }
    }
    return NOT_IN_ORDER;
}

static double seconds_for(const char *dish)
{
    return strcmp(dish, "roast") == 0   ? 3.0
           : strcmp(dish, "salad") == 0 ? 2.0
                                        : 1.0;
}

cf_value cook(cf_value dish)
{
    const char *name = cf_as_str(dish);
    if (cf_test_in_task()) {
        cooked_by_pool++;
    }
    wb_gate_enter(&kitchen);
    if (turn_of(name) > 0) {
        wb_gate_enter(&turns[turn_of(name)]);
    }
    wb_work(seconds_for(name), "cooking %s", name);
    return cf_format("%s, hot", name);
}

void serve(const char *plate)
{
    const size_t i = atomic_fetch_add(&times_served, 1);
    if (i < MOST_HEARD) {
        snprintf(served[i], sizeof served[i], "%.60s", plate);
        serve_calls[i] = WB_CALLER;
    }
    if (cf_test_in_task()) {
        served_by_pool++;
        called_by_a_task = WB_CALLER;
        return;
    }
    const int next = turn_of(plate) + 1;
    if (next > 0 && (size_t)next < ready_count) {
        wb_gate_enter(&turns[next]);
    }
    wb_work(1.0, "serving %s", plate);
}

// ----- the tests -----

static const char *menu[MOST_DISHES] = {"roast", "soup", "salad", "bread",
                                        "pie"};

// Serves the first `count` dishes; all meet in the kitchen, if `needed` says
// so.
static void serve_first(size_t count, size_t needed)
{
    wb_gate_init(&kitchen, needed);
    serve_all(menu, count);
}

static size_t times_heard(const char *plate)
{
    size_t times = 0;
    for (size_t i = 0; i < MOST_HEARD && i < times_served; i++) {
        times += strcmp(served[i], plate) == 0;
    }
    return times;
}

static void check_each_served_once(size_t count)
{
    WB_CHECK(cooked_by_pool == count,
             "The pool ran cook %zu times; %zu times were expected, once for "
             "each dish",
             cooked_by_pool, count);
    for (size_t i = 0; i < count; i++) {
        char plate[64];
        snprintf(plate, sizeof plate, "%s, hot", menu[i]);
        WB_CHECK(times_heard(plate) == 1,
                 "The plate \"%s\" was served %zu times%s; once was expected",
                 plate, times_heard(plate), wb_at(serve_calls[0]));
    }
    WB_CHECK(
        times_served == count,
        "The function serve was called %zu times for %zu dishes%s; once for "
        "each was expected",
        times_served, count, wb_at(serve_calls[0]));
}

static void every_dish_is_served_once(void)
{
    serve_first(MOST_DISHES, 1);
    check_each_served_once(MOST_DISHES);
}

static void one_dish_is_served_once(void)
{
    serve_first(1, 1);
    check_each_served_once(1);
}

static void without_dishes_nothing_is_served(void)
{
    serve_first(0, 1);
    check_each_served_once(0);
}

static void the_caller_serves_and_not_the_tasks(void)
{
    serve_first(3, 1);
    WB_CHECK(served_by_pool == 0,
             "The function serve was called %zu times inside a task%s; all "
             "calls were expected from the thread that called serve_all",
             served_by_pool, wb_at(called_by_a_task));
}

static void all_dishes_share_one_pool(void)
{
    serve_first(MOST_DISHES, 1);

    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    WB_CHECK(now.executors_opened == 1,
             "Your code opened %zu pools for %d dishes; one pool was expected "
             "to cook them all",
             now.executors_opened, MOST_DISHES);
}

static void the_pool_is_closed_afterwards(void)
{
    serve_first(3, 1);
    WB_ALL_POOLS_CLOSED();
}

static void without_dishes_the_pool_is_closed_too(void)
{
    serve_first(0, 1);
    WB_ALL_POOLS_CLOSED();
}

static void check_served_as(const char *order[], size_t count)
{
    ready = order;
    ready_count = count;
    for (size_t i = 0; i < count; i++) {
        wb_gate_init(&turns[i], 2);
    }
    serve_first(count, 1);

    for (size_t i = 0; i < count; i++) {
        WB_CHECK(turn_of(served[i]) == (int)i,
                 "As number %zu you served \"%s\"%s; \"%s, hot\" was expected: "
                 "it was the next to be ready",
                 i + 1, served[i], wb_at(serve_calls[i]), order[i]);
    }
}

static void what_is_ready_first_is_served_first(void)
{
    const char *order[] = {"soup", "salad", "roast"};
    check_served_as(order, 3);
}

static void the_menu_may_be_ready_from_its_end(void)
{
    const char *order[] = {"pie", "bread", "salad", "soup", "roast"};
    check_served_as(order, 5);
}

static void serving_goes_on_while_others_cook(void)
{
    serve_first(3, 1);
    WB_CHECK(times_served == 3,
             "The function serve was called %zu times for 3 dishes; once for "
             "each was expected",
             times_served);
}

// One more is needed than will ever come, so the gate keeps everybody inside
// until it has seen how the caller waits: asleep, or asking again and again.
static void the_caller_sleeps_while_all_cook(void)
{
    serve_first(MOST_DISHES, MOST_DISHES + 1);
    WB_CHECK(kitchen.state != WB_GATE_SPINNING,
             "While the dishes were cooking, your code asked \"done yet?\" %d "
             "times and more; it was expected to sleep until one is ready",
             WB_MANY_POLLS);
}

static CU_TestInfo first_come_tests[] = {
    {"every_dish_is_served_once", every_dish_is_served_once},
    {"one_dish_is_served_once", one_dish_is_served_once},
    {"without_dishes_nothing_is_served", without_dishes_nothing_is_served},
    {"the_caller_serves_and_not_the_tasks",
     the_caller_serves_and_not_the_tasks},
    {"all_dishes_share_one_pool", all_dishes_share_one_pool},
    {"the_pool_is_closed_afterwards", the_pool_is_closed_afterwards},
    {"without_dishes_the_pool_is_closed_too",
     without_dishes_the_pool_is_closed_too},
    {"what_is_ready_first_is_served_first",
     what_is_ready_first_is_served_first},
    {"the_menu_may_be_ready_from_its_end", the_menu_may_be_ready_from_its_end},
    {"serving_goes_on_while_others_cook", serving_goes_on_while_others_cook},
    {"the_caller_sleeps_while_all_cook", the_caller_sleeps_while_all_cook},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"first_come", NULL, NULL, NULL, NULL, first_come_tests},
    CU_SUITE_INFO_NULL,
};
