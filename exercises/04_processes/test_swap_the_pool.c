// Tests of 04_processes/swap_the_pool. They bring the printer and the jars.
//
// No test hopes that two threads mix their labels up: it asks in which process
// they are printed. There all of them meet, each with its label in its buffer.

#include "swap_the_pool.h"

#include "wb_processes.h"

#include <stdio.h>
#include <string.h>

// ----- what swap_the_pool.h promises to bring -----

enum { MOST_TEXT = 64 };

static struct wb_meeting *meeting;

struct counts {
    pid_t caller;
    atomic_int in_the_caller;
    atomic_int elsewhere;
};

static struct counts *printed;  // shared with the workers

cf_value print_label(cf_value jam)
{
    static char buffer[MOST_TEXT];
    snprintf(buffer, sizeof buffer, "~ %.50s ~", cf_as_str(jam));
    if (getpid() == printed->caller) {
        printed->in_the_caller++;
    } else {
        printed->elsewhere++;
    }
    wb_meeting_attend(meeting);
    return cf_format("%s", buffer);
}

void put_on(const char *label)
{
    wb_hear("put_on", label, WB_CALLER);
}

// ----- the tests -----

static const char *jams[MOST_JARS] = {"quince", "fig", "apple", "plum"};

// Labels the first `count` jars; the printers wait for `needed` of them.
static void label_first(int count, size_t needed)
{
    printed = wb_share(sizeof *printed);
    printed->caller = getpid();
    meeting = wb_meeting_call(needed);
    label_jars(jams, count);
    WB_ALL_POOLS_CLOSED();  // else its processes are still there
}

static void check_printed_elsewhere(int count)
{
    WB_CHECK(printed->in_the_caller == 0,
             "label_jars had print_label run in its own process (%d times), "
             "where all share one static buffer; it was expected that each "
             "worker is a process with a buffer of its own",
             printed->in_the_caller);
    WB_CHECK(printed->elsewhere == count,
             "label_jars had print_label run in other processes %d times; %d "
             "times were expected, once for each jar",
             printed->elsewhere, count);
}

static void each_jar_gets_its_own_label(void)
{
    label_first(MOST_JARS, MOST_JARS);
    check_printed_elsewhere(MOST_JARS);
    WB_HEARD("label_jars", "  put_on: ~ quince ~\n"
                           "  put_on: ~ fig ~\n"
                           "  put_on: ~ apple ~\n"
                           "  put_on: ~ plum ~\n");
}

static void one_jar_gets_one_label(void)
{
    label_first(1, 1);
    check_printed_elsewhere(1);
    WB_HEARD("label_jars", "  put_on: ~ quince ~\n");
}

static void without_jars_nothing_is_printed(void)
{
    label_first(0, 1);
    check_printed_elsewhere(0);
    WB_HEARD("label_jars", "");
}

static void one_pool_serves_all_jars(void)
{
    label_first(MOST_JARS, MOST_JARS);

    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    WB_CHECK(now.executors_opened == 1,
             "Your code opened %zu pools for %d jars; one cf_process_pool was "
             "expected to serve them all",
             now.executors_opened, MOST_JARS);
}

static void all_labels_are_printed_at_once(void)
{
    label_first(MOST_JARS, MOST_JARS);
    WB_MET("label_jars", meeting, "labels");
}

static CU_TestInfo swap_the_pool_tests[] = {
    {"each_jar_gets_its_own_label", each_jar_gets_its_own_label},
    {"one_jar_gets_one_label", one_jar_gets_one_label},
    {"without_jars_nothing_is_printed", without_jars_nothing_is_printed},
    {"one_pool_serves_all_jars", one_pool_serves_all_jars},
    {"all_labels_are_printed_at_once", all_labels_are_printed_at_once},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"swap_the_pool", NULL, NULL, NULL, NULL, swap_the_pool_tests},
    CU_SUITE_INFO_NULL,
};
