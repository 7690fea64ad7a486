// Tests of 07_callbacks/by_then. They bring the steps and the ears.
//
// fetch has a gate that keeps the first fetches inside until everybody else
// waits, your thread too: so it is decided what your thread has done by then.

#include "by_then.h"

#include "wb_test.h"

#include <cfutures_testing.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

// ----- what by_then.h promises to bring -----

enum step { FETCH, PROCESS, SAVE, STEPS };

// Items are known by the last digit of their ids.
static int failing_step[10];  // of the item; STEPS: none
static double seconds[10][STEPS];

static struct wb_gate gate;
static atomic_int begun[STEPS];
static atomic_int begun_outside_of_tasks;
static _Atomic(const void *) who_began_it;  // last, outside of a task
static atomic_int processed_too_early;
static atomic_int misused;  // steps that did not get what the one before made
static int expected_fetches;
static atomic_int fetched_too_early;
static atomic_bool has_begun_items;  // begin_item has returned each time

static void begin(enum step step, const void *caller)
{
    begun[step]++;
    if (!cf_test_in_task()) {
        begun_outside_of_tasks++;
        who_began_it = caller;
    }
}

// The item that a text such as "page 42" is about; else -1.
static int item_of(cf_value text, const char *prefix)
{
    const size_t length = strlen(prefix);
    if (strcmp(cf_kind_name(text), "text") != 0 ||
        strncmp(cf_as_str(text), prefix, length) != 0) {
        misused++;
        return -1;
    }
    int id = -1;
    sscanf(cf_as_str(text) + length, "%d", &id);
    return id;
}

cf_value fetch(cf_value id)
{
    const int item = (int)cf_as_int(id);
    begin(FETCH, WB_CALLER);
    wb_gate_enter(&gate);
    if (!has_begun_items) {
        fetched_too_early++;
    }
    wb_work(seconds[item % 10][FETCH], "fetching %d", item);
    if (failing_step[item % 10] == FETCH) {
        return cf_fail(EIO, "cannot fetch %d", item);
    }
    return cf_format("page %d", item);
}

cf_value process(cf_value page)
{
    begin(PROCESS, WB_CALLER);
    const int item = item_of(page, "page ");
    if (item < 0) {
        return cf_fail(EINVAL, "process got no page");
    }
    if (begun[FETCH] < expected_fetches) {
        processed_too_early++;
    }
    wb_work(seconds[item % 10][PROCESS], "processing %d", item);
    if (failing_step[item % 10] == PROCESS) {
        return cf_fail(EDOM, "cannot process %d", item);
    }
    return cf_format("report %d", item);
}

cf_value save(cf_value report)
{
    begin(SAVE, WB_CALLER);
    const int item = item_of(report, "report ");
    if (item < 0) {
        return cf_fail(EINVAL, "save got no report");
    }
    wb_work(seconds[item % 10][SAVE], "saving %d", item);
    if (failing_step[item % 10] == SAVE) {
        return cf_fail(ENOSPC, "cannot save %d", item);
    }
    return cf_format("receipt %d", item);
}

void say(const char *receipt)
{
    wb_hear("say", receipt, WB_CALLER);
}

void note(const char *message)
{
    wb_hear("note", message, WB_CALLER);
}

// ----- what the tests share -----

static void nothing_fails(void)
{
    for (int i = 0; i < 10; i++) {
        failing_step[i] = STEPS;
    }
}

static void check_inputs(void)
{
    WB_CHECK(misused == 0,
             "A step did not get what the step before it returned: process "
             "needs the result of fetch, save that of process, and neither is "
             "to be called with an error");
}

static void check_steps(int processes, int saves)
{
    WB_CHECK(begun[PROCESS] == processes,
             "process was called %d times instead of %d, once for each item "
             "that was fetched",
             begun[PROCESS], processes);
    WB_CHECK(begun[SAVE] == saves,
             "save was called %d times instead of %d, once for each item that "
             "was processed",
             begun[SAVE], saves);
}

// ----- one chain -----

// A gate for one more than will come: the fetch goes on when the test waits, or
// when begin_item does.
static cf_future *begin_one(cf_executor *pool, int id)
{
    wb_gate_init(&gate, 2);
    has_begun_items = false;
    cf_future *item = begin_item(pool, id);
    has_begun_items = true;
    return item;
}

static void a_chain_ends_with_the_receipt(void)
{
    nothing_fails();
    cf_with (pool, cf_thread_pool()) {
        const cf_value outcome = cf_result(begin_one(pool, 42));
        check_inputs();
        WB_CHECK(strcmp(cf_kind_name(outcome), "text") == 0,
                 "The outcome of begin_item's future is a value of the kind "
                 "\"%s\"; the receipt, a text, was expected",
                 cf_kind_name(outcome));
        const char *receipt = cf_as_str(outcome);
        WB_EQUAL_STR(receipt, "receipt 42");
        check_steps(1, 1);
    }
}

static void check_error(enum step step, int code, const char *message,
                        int processes, int saves)
{
    nothing_fails();
    failing_step[3] = (int)step;
    cf_with (pool, cf_thread_pool()) {
        const cf_error *error = cf_exception(begin_one(pool, 13));
        check_inputs();
        WB_CHECK(error != NULL,
                 "A step failed (%s), and the future of begin_item has a "
                 "result; that error was expected to be its outcome",
                 message);
        WB_CHECK(error->code == code && strcmp(error->message, message) == 0,
                 "A step failed with \"%s\"; the future of begin_item has "
                 "failed with \"%s\", the same error was expected",
                 message, error->message);
        check_steps(processes, saves);
    }
}

static void an_error_of_the_first_step_skips_two(void)
{
    check_error(FETCH, EIO, "cannot fetch 13", 0, 0);
}

static void an_error_of_the_second_step_skips_one(void)
{
    check_error(PROCESS, EDOM, "cannot process 13", 1, 0);
}

static void an_error_of_the_last_step_arrives_too(void)
{
    check_error(SAVE, ENOSPC, "cannot save 13", 1, 1);
}

static void beginning_an_item_waits_for_nothing(void)
{
    nothing_fails();
    cf_with (pool, cf_thread_pool()) {
        cf_exception(begin_one(pool, 42));
        WB_CHECK(fetched_too_early == 0,
                 "begin_item waited until the item was fetched; it was "
                 "expected to return at once, with a future of what is to "
                 "come");
    }
}

// With one worker, tasks start in the order in which they were submitted: both
// fetches are, before the first can end.
static void each_step_is_a_task_of_its_own(void)
{
    nothing_fails();
    expected_fetches = 2;
    wb_gate_init(&gate, 2);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *first = begin_item(pool, 42);
        cf_future *second = begin_item(pool, 7);
        cf_exception(second);
        cf_exception(first);
        WB_CHECK(begun_outside_of_tasks == 0,
                 "%d steps were called outside of tasks%s; each was expected "
                 "to be a task of the pool",
                 begun_outside_of_tasks, wb_at(who_began_it));
        WB_CHECK(processed_too_early == 0,
                 "The pool's only worker processed an item while another "
                 "waited to be fetched, which had been submitted first. Does "
                 "one task do several steps?");
    }
}

// ----- all items -----

static void check_receipts(int receipts, int expected)
{
    WB_CHECK(receipts == expected,
             "save_all returned %d; %d was expected, as many as were saved",
             receipts, expected);
}

static int save_these(const int ids[], int count, int workers)
{
    wb_gate_init(&gate, (size_t)count + 1);
    return save_all(ids, count, workers);
}

static void receipts_are_said_in_the_order_of_the_ids(void)
{
    nothing_fails();
    const int ids[] = {42, 7, 13};
    const int receipts = save_these(ids, 3, 3);

    WB_HEARD("save_all", "  say: receipt 42\n"
                         "  say: receipt 7\n"
                         "  say: receipt 13\n");
    check_receipts(receipts, 3);
}

static void each_error_is_noted_once(void)
{
    nothing_fails();
    failing_step[1] = FETCH;
    failing_step[2] = PROCESS;
    failing_step[3] = SAVE;
    const int ids[] = {11, 12, 13, 14};
    const int receipts = save_these(ids, 4, 2);

    WB_HEARD("save_all", "  note: cannot fetch 11\n"
                         "  note: cannot process 12\n"
                         "  note: cannot save 13\n"
                         "  say: receipt 14\n");
    check_receipts(receipts, 1);
    check_steps(3, 2);
}

static void without_items_nothing_is_said(void)
{
    nothing_fails();
    const int ids[] = {42};
    const int receipts = save_these(ids, 0, 1);

    WB_HEARD("save_all", "");
    check_receipts(receipts, 0);
}

static void one_pool_serves_all_and_is_closed(void)
{
    nothing_fails();
    const int ids[] = {42, 7};
    save_these(ids, 2, 2);

    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    WB_CHECK(now.executors_opened == 1,
             "Your code opened %zu pools; one was expected to serve all",
             now.executors_opened);
    WB_ALL_POOLS_CLOSED();
}

// For the explorer: without a gate, a step may be over before the chain goes on
// from it.
static void two_chains_come_to_their_ends_in_any_order(void)
{
    nothing_fails();
    failing_step[3] = PROCESS;
    wb_gate_init(&gate, 1);
    const int ids[] = {42, 13};
    const int receipts = save_all(ids, 2, 2);

    WB_HEARD("save_all", "  say: receipt 42\n"
                         "  note: cannot process 13\n");
    check_receipts(receipts, 1);
}

// One is fetched fast and processed slowly, the other the other way round.
// Together they take as long as either alone.
static void no_item_waits_for_another(void)
{
    nothing_fails();
    seconds[1][FETCH] = 1;
    seconds[1][PROCESS] = 3;
    seconds[1][SAVE] = 1;
    seconds[2][FETCH] = 3;
    seconds[2][PROCESS] = 1;
    seconds[2][SAVE] = 1;
    wb_gate_init(&gate, 1);
    const int ids[] = {1, 2};
    WB_EQUAL_INT(save_all(ids, 2, 2), 2);
}

static CU_TestInfo begin_item_tests[] = {
    {"a_chain_ends_with_the_receipt", a_chain_ends_with_the_receipt},
    {"an_error_of_the_first_step_skips_two",
     an_error_of_the_first_step_skips_two},
    {"an_error_of_the_second_step_skips_one",
     an_error_of_the_second_step_skips_one},
    {"an_error_of_the_last_step_arrives_too",
     an_error_of_the_last_step_arrives_too},
    {"beginning_an_item_waits_for_nothing",
     beginning_an_item_waits_for_nothing},
    {"each_step_is_a_task_of_its_own", each_step_is_a_task_of_its_own},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo save_all_tests[] = {
    {"receipts_are_said_in_the_order_of_the_ids",
     receipts_are_said_in_the_order_of_the_ids},
    {"each_error_is_noted_once", each_error_is_noted_once},
    {"without_items_nothing_is_said", without_items_nothing_is_said},
    {"one_pool_serves_all_and_is_closed", one_pool_serves_all_and_is_closed},
    {"two_chains_come_to_their_ends_in_any_order",
     two_chains_come_to_their_ends_in_any_order},
    {"no_item_waits_for_another", no_item_waits_for_another},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"begin_item", NULL, NULL, NULL, NULL, begin_item_tests},
    {"save_all", NULL, NULL, NULL, NULL, save_all_tests},
    CU_SUITE_INFO_NULL,
};
