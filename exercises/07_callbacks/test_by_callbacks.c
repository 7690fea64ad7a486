// Tests of 07_callbacks/by_callbacks. They bring the steps and the ears.
//
// fetch has a gate for one more than will ever come: it keeps the first fetches
// inside until everybody else waits, your thread too. So what your thread does
// first is decided: it has submitted all, and it waits, or closes the block.

#include "by_callbacks.h"

#include "wb_test.h"

#include <cfutures_testing.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

// ----- what by_callbacks.h promises to bring -----

enum step { FETCH, PROCESS, SAVE, STEPS };

// Items are known by the last digit of their ids.
static int failing_step[10];  // of the item; STEPS: none
static double seconds[10][STEPS];

static struct wb_gate gate;
static atomic_int begun[STEPS];
static atomic_int begun_in_a_callback;
static _Atomic(const void *) who_began_it;  // last
static atomic_int processed_too_early;
static atomic_int misused;  // steps that did not get what the one before made
static int expected_fetches;

static void begin(enum step step, const void *caller)
{
    begun[step]++;
    if (!cf_test_in_task()) {
        begun_in_a_callback++;
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

static int save_these(const int ids[], int count, int workers)
{
    wb_gate_init(&gate, (size_t)count + 1);
    return save_all(ids, count, workers);
}

static void check_steps(int fetches, int processes, int saves)
{
    WB_CHECK(begun[FETCH] == fetches,
             "fetch was called %d times instead of %d, once for each item",
             begun[FETCH], fetches);
    WB_CHECK(begun[PROCESS] > 0 || processes == 0,
             "The fetches took until your thread had nothing else to do, and "
             "process was never called. Had the block begun to close by then? "
             "A pool that closes refuses what a callback submits "
             "(CF_ESHUTDOWN)");
    WB_CHECK(misused == 0,
             "A step did not get what the step before it returned: process "
             "needs the result of fetch, save that of process, and neither is "
             "to be called with an error");
    WB_CHECK(begun[PROCESS] == processes,
             "process was called %d times instead of %d, once for each item "
             "that was fetched",
             begun[PROCESS], processes);
    WB_CHECK(begun[SAVE] == saves,
             "save was called %d times instead of %d, once for each item that "
             "was processed",
             begun[SAVE], saves);
}

static void check_receipts(int receipts, int expected)
{
    WB_CHECK(receipts == expected,
             "save_all returned %d; %d was expected, as many as were saved",
             receipts, expected);
}

// ----- the tests -----

static void receipts_are_said_in_the_order_of_the_ids(void)
{
    nothing_fails();
    const int ids[] = {42, 7, 13};
    const int receipts = save_these(ids, 3, 3);

    check_steps(3, 3, 3);
    WB_HEARD("save_all", "  say: receipt 42\n"
                         "  say: receipt 7\n"
                         "  say: receipt 13\n");
    check_receipts(receipts, 3);
}

static void an_error_ends_its_item_and_no_other(void)
{
    nothing_fails();
    failing_step[1] = FETCH;
    failing_step[2] = PROCESS;
    failing_step[3] = SAVE;
    const int ids[] = {11, 12, 13, 14};
    const int receipts = save_these(ids, 4, 2);

    check_steps(4, 3, 2);
    WB_HEARD("save_all", "  note: cannot fetch 11\n"
                         "  note: cannot process 12\n"
                         "  note: cannot save 13\n"
                         "  say: receipt 14\n");
    check_receipts(receipts, 1);
}

static void without_items_nothing_is_said(void)
{
    nothing_fails();
    const int ids[] = {42};
    const int receipts = save_these(ids, 0, 1);

    check_steps(0, 0, 0);
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

// For the explorer: without a gate, the first step may be over before its
// callback is registered.
static void two_items_are_saved_in_any_order_of_the_steps(void)
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

// With one worker, tasks start in the order in which they were submitted. All
// fetches were, before the first of them could end.
static void a_callback_lets_the_only_worker_go(void)
{
    nothing_fails();
    expected_fetches = 3;
    const int ids[] = {42, 7, 13};
    save_these(ids, 3, 1);

    check_steps(3, 3, 3);
    WB_CHECK(begun_in_a_callback == 0,
             "%d steps were called outside of tasks, by a callback or by the "
             "thread that called save_all%s; a callback was expected to submit "
             "the next step, so that its worker can do what waits longer",
             begun_in_a_callback, wb_at(who_began_it));
    WB_CHECK(processed_too_early == 0,
             "The pool's only worker processed an item while another waited "
             "to be fetched, which had been submitted first. Does a callback "
             "wait for the step that it submits, or does one task do several "
             "steps?");
}

static void the_caller_sleeps_while_it_waits(void)
{
    nothing_fails();
    const int ids[] = {42, 7};
    save_these(ids, 2, 2);
    WB_CHECK(gate.state != WB_GATE_SPINNING,
             "While the items were being fetched, your code asked \"done "
             "yet?\" %d times and more; it was expected to sleep until an "
             "item is at its end",
             WB_MANY_POLLS);
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

static CU_TestInfo save_all_tests[] = {
    {"receipts_are_said_in_the_order_of_the_ids",
     receipts_are_said_in_the_order_of_the_ids},
    {"an_error_ends_its_item_and_no_other",
     an_error_ends_its_item_and_no_other},
    {"without_items_nothing_is_said", without_items_nothing_is_said},
    {"one_pool_serves_all_and_is_closed", one_pool_serves_all_and_is_closed},
    {"two_items_are_saved_in_any_order_of_the_steps",
     two_items_are_saved_in_any_order_of_the_steps},
    {"a_callback_lets_the_only_worker_go", a_callback_lets_the_only_worker_go},
    {"the_caller_sleeps_while_it_waits", the_caller_sleeps_while_it_waits},
    {"no_item_waits_for_another", no_item_waits_for_another},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"save_all", NULL, NULL, NULL, NULL, save_all_tests},
    CU_SUITE_INFO_NULL,
};
