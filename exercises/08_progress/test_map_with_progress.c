// Tests of 08_progress/map_with_progress. They bring the task, the screen and
// the pool.
//
// Which item is done first is not left to luck: where a test decides it, an
// item waits at a gate, before it is done, until a certain progress is shown.
// Code that shows it later waits for an item that waits for it; then the gate
// gives up, and its state tells.

#include "map_with_progress.h"

#include "wb_test.h"

#include <cfutures_testing.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

// ----- what map_with_progress.h promises to bring -----

enum { NUMBERS = 10, MOST_SHOWN = 2 * MOST_ITEMS };

// What happens to a number on its way to its square.
struct item {
    bool fails;
    double seconds;                  // on the virtual clock
    struct wb_gate *before_it_ends;  // where it goes before it is done
};

static struct item plan[NUMBERS];
static struct wb_gate together;  // where all numbers go
static atomic_int squared_by_pool;

static pthread_t caller;
static struct wb_gate *at_progress[NUMBERS];  // where showing so many goes
static atomic_int times_shown;
static atomic_int shown_elsewhere;  // on another thread than the caller's
static int shown_done[MOST_SHOWN];
static int shown_total[MOST_SHOWN];
static const void *show_calls[MOST_SHOWN];  // where progress was shown
static _Atomic(const void *) called_elsewhere;

static void enter(struct wb_gate *gate)
{
    if (gate != NULL) {
        wb_gate_enter(gate);
    }
}

// A task.
static cf_value square(cf_value number)
{
    const int n = (int)cf_as_int(number);
    const struct item *item = &plan[n % NUMBERS];
    if (cf_test_in_task()) {
        squared_by_pool++;
    }
    wb_gate_enter(&together);
    enter(item->before_it_ends);
    wb_work(item->seconds, "squaring %d", n);
    if (item->fails) {
        return cf_fail(EDOM, "cannot square %d", n);
    }
    return cf_format("%d", n * n);
}

void show_progress(int done, int total)
{
    const int i = atomic_fetch_add(&times_shown, 1);
    if (!pthread_equal(pthread_self(), caller)) {
        shown_elsewhere++;
        called_elsewhere = WB_CALLER;
        return;
    }
    if (i < MOST_SHOWN) {
        shown_done[i] = done;
        shown_total[i] = total;
        show_calls[i] = WB_CALLER;
    }
    if (done > 0 && done < NUMBERS) {
        enter(at_progress[done]);
    }
}

// ----- what the tests share -----

// Squares 1, 2, ... `count`; `at_once` of them let each other go on.
static int square_on(cf_executor *pool, int count, size_t at_once,
                     cf_value results[])
{
    int numbers[MOST_ITEMS];
    for (int i = 0; i < count; i++) {
        numbers[i] = i + 1;
    }
    wb_gate_init(&together, at_once);
    caller = pthread_self();
    return map_with_progress(pool, square, numbers, count, results);
}

static void check_result(const cf_value results[], int i, const char *expected)
{
    const char *kind = cf_kind_name(results[i]);
    WB_CHECK(strcmp(kind, "text") == 0,
             "map_with_progress left a value of the kind \"%s\" in "
             "results[%d]; the text \"%s\" was expected, which the task "
             "returned for items[%d]",
             kind, i, expected, i);
    WB_CHECK(strcmp(cf_as_str(results[i]), expected) == 0,
             "map_with_progress put \"%s\" into results[%d]; \"%s\" was "
             "expected, which the task returned for items[%d]",
             cf_as_str(results[i]), i, expected, i);
}

static void check_failed(int got, int expected)
{
    WB_CHECK(got == expected,
             "map_with_progress returned %d; %d was expected, as many as "
             "failed",
             got, expected);
}

static void check_counted_up_to(int count)
{
    for (int i = 0; i < count && i < times_shown; i++) {
        WB_CHECK(shown_done[i] == i + 1 && shown_total[i] == count,
                 "As number %d you showed \"%d of %d\"%s; \"%d of %d\" was "
                 "expected",
                 i + 1, shown_done[i], shown_total[i], wb_at(show_calls[i]),
                 i + 1, count);
    }
    WB_CHECK(times_shown == count,
             "map_with_progress showed progress %d times for %d items%s; once "
             "for each was expected",
             times_shown, count, wb_at(show_calls[0]));
}

static void check_shown_by_caller(void)
{
    WB_CHECK(shown_elsewhere == 0,
             "The function show_progress was called %d times on a thread of "
             "the pool%s, by a task or a callback; all calls were expected on "
             "the thread that called map_with_progress",
             shown_elsewhere, wb_at(called_elsewhere));
}

// ----- the tests -----

// The first number is not done before progress for the second is shown.
static void results_lie_in_the_order_of_the_items(void)
{
    static struct wb_gate second_is_done;
    wb_gate_init(&second_is_done, 2);
    plan[1].before_it_ends = &second_is_done;
    at_progress[1] = &second_is_done;
    cf_value results[MOST_ITEMS] = {{0}};
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        const int failed = square_on(pool, 3, 1, results);
        check_result(results, 0, "1");
        check_result(results, 1, "4");
        check_result(results, 2, "9");
        check_failed(failed, 0);
    }
}

static void an_error_has_the_place_of_its_item(void)
{
    plan[1].fails = true;
    plan[3].fails = true;
    cf_value results[MOST_ITEMS] = {{0}};
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        const int failed = square_on(pool, 4, 1, results);
        check_result(results, 1, "4");
        check_result(results, 3, "16");
        for (int i = 0; i < 4; i += 2) {
            WB_CHECK(cf_failed(results[i]),
                     "map_with_progress left a value of the kind \"%s\" in "
                     "results[%d]; an error was expected, which the task "
                     "returned for items[%d]",
                     cf_kind_name(results[i]), i, i);
        }
        check_failed(failed, 2);
    }
}

static void without_items_nothing_is_shown(void)
{
    cf_value results[MOST_ITEMS] = {{0}};
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        check_failed(square_on(pool, 0, 1, results), 0);
        check_counted_up_to(0);
    }
}

static void progress_counts_up_by_one(void)
{
    cf_value results[MOST_ITEMS] = {{0}};
    cf_with (pool, cf_thread_pool(.max_workers = 3)) {
        square_on(pool, 5, 1, results);
        check_shown_by_caller();
        check_counted_up_to(5);
    }
}

static void what_has_failed_is_done_too(void)
{
    plan[2].fails = true;
    cf_value results[MOST_ITEMS] = {{0}};
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        square_on(pool, 3, 1, results);
        check_shown_by_caller();
        check_counted_up_to(3);
    }
}

static void the_given_pool_does_the_work(void)
{
    cf_value results[MOST_ITEMS] = {{0}};
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        square_on(pool, 3, 1, results);
        struct cf_test_snapshot now;
        cf_test_snapshot(&now);
        WB_CHECK(now.executors_opened == 1,
                 "This test and your code opened %zu pools; one was expected, "
                 "the test's, which map_with_progress was given",
                 now.executors_opened);
        WB_CHECK(squared_by_pool == 3,
                 "The pool ran the task %d times; 3 times were expected, once "
                 "for each item",
                 squared_by_pool);
    }
}

static void the_given_pool_takes_tasks_afterwards(void)
{
    cf_value results[MOST_ITEMS] = {{0}};
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        square_on(pool, 2, 1, results);
        cf_future *next = cf_submit(pool, square, 3);
        WB_CHECK(cf_exception(next) == NULL,
                 "After map_with_progress returned, the caller's pool took no "
                 "more tasks; it was expected to stay open");
    }
}

static void all_items_are_under_way_at_once(void)
{
    cf_value results[MOST_ITEMS] = {{0}};
    cf_with (pool, cf_thread_pool(.max_workers = 4)) {
        square_on(pool, 4, 4, results);
    }
    WB_OPENED(&together, "items");
}

// The last is done first, and the first last.
static void progress_is_shown_whichever_is_done(void)
{
    static struct wb_gate turns[2];
    for (int i = 0; i < 2; i++) {
        wb_gate_init(&turns[i], 2);
        plan[2 - i].before_it_ends = &turns[i];
        at_progress[i + 1] = &turns[i];
    }
    cf_value results[MOST_ITEMS] = {{0}};
    cf_with (pool, cf_thread_pool(.max_workers = 3)) {
        square_on(pool, 3, 1, results);
    }
    WB_CHECK(turns[0].state == WB_GATE_OPENED,
             "The last of 3 items was done, and the others were not: \"1 of "
             "3\" was not shown until another was done, too. Does "
             "map_with_progress wait for a certain item, or for all?");
    WB_CHECK(turns[1].state == WB_GATE_OPENED,
             "Two of 3 items were done, and the first was not: \"2 of 3\" was "
             "not shown until that was done, too");
}

static void nobody_waits_for_another_item(void)
{
    plan[1].seconds = 3;
    plan[2].seconds = 2;
    plan[3].seconds = 1;
    cf_value results[MOST_ITEMS] = {{0}};
    cf_with (pool, cf_thread_pool(.max_workers = 3)) {
        square_on(pool, 3, 1, results);
    }
    WB_EQUAL_INT(times_shown, 3);
}

// One more is needed than will ever come, so the gate keeps everybody inside
// until it has seen how the caller waits: asleep, or asking again and again.
static void the_caller_sleeps_until_one_is_done(void)
{
    cf_value results[MOST_ITEMS] = {{0}};
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        square_on(pool, 2, 3, results);
    }
    WB_CHECK(together.state != WB_GATE_SPINNING,
             "While no item was done, map_with_progress asked \"done yet?\" %d "
             "times "
             "and more; it was expected to sleep until one is",
             WB_MANY_POLLS);
}

// A task that touches nothing of this test: it runs in another process.
static cf_value cube(cf_value number)
{
    const int n = (int)cf_as_int(number);
    if (n < 3) {
        return cf_fail(EDOM, "cannot cube %d", n);
    }
    return cf_format("%d", n * n * n);
}

// Checked behind the block, where no process is left.
static void a_pool_of_processes_will_do(void)
{
    const int numbers[] = {1, 2, 3};
    cf_value results[MOST_ITEMS] = {{0}};
    char third[160] = "";
    int failed = -1;
    caller = pthread_self();
    cf_with (pool, cf_process_pool(.max_workers = 2)) {
        failed = map_with_progress(pool, cube, numbers, 3, results);
        snprintf(third, sizeof third, "%.159s",
                 cf_failed(results[2]) ? cf_as_error(results[2])->message
                 : strcmp(cf_kind_name(results[2]), "text") == 0
                     ? cf_as_str(results[2])
                     : cf_kind_name(results[2]));
    }
    WB_CHECK(strcmp(third, "27") == 0,
             "On a pool of processes map_with_progress put \"%s\" into "
             "results[2]; \"27\" was expected, which the task returned for "
             "items[2]",
             third);
    check_shown_by_caller();
    check_counted_up_to(3);
    WB_CHECK(failed == 2,
             "On a pool of processes map_with_progress returned %d; 2 was "
             "expected, as many as failed",
             failed);
}

// For the explorer: items may be done at any moment.
static void progress_and_results_are_right_in_any_order(void)
{
    plan[1].fails = true;
    plan[2].fails = true;
    cf_value results[MOST_ITEMS] = {{0}};
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        const int failed = square_on(pool, 3, 1, results);
        check_shown_by_caller();
        check_counted_up_to(3);
        check_result(results, 2, "9");
        check_failed(failed, 2);
    }
}

static CU_TestInfo map_with_progress_tests[] = {
    {"results_lie_in_the_order_of_the_items",
     results_lie_in_the_order_of_the_items},
    {"an_error_has_the_place_of_its_item", an_error_has_the_place_of_its_item},
    {"without_items_nothing_is_shown", without_items_nothing_is_shown},
    {"progress_counts_up_by_one", progress_counts_up_by_one},
    {"what_has_failed_is_done_too", what_has_failed_is_done_too},
    {"the_given_pool_does_the_work", the_given_pool_does_the_work},
    {"the_given_pool_takes_tasks_afterwards",
     the_given_pool_takes_tasks_afterwards},
    {"all_items_are_under_way_at_once", all_items_are_under_way_at_once},
    {"progress_is_shown_whichever_is_done",
     progress_is_shown_whichever_is_done},
    {"nobody_waits_for_another_item", nobody_waits_for_another_item},
    {"the_caller_sleeps_until_one_is_done",
     the_caller_sleeps_until_one_is_done},
    {"a_pool_of_processes_will_do", a_pool_of_processes_will_do},
    {"progress_and_results_are_right_in_any_order",
     progress_and_results_are_right_in_any_order},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"map_with_progress", NULL, NULL, NULL, NULL, map_with_progress_tests},
    CU_SUITE_INFO_NULL,
};
