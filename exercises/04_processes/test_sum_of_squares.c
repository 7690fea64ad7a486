// Tests of 04_processes/sum_of_squares. They bring the function square: it
// notes, where all processes see it, in which one it was called.

#include "sum_of_squares.h"

#include "wb_processes.h"

#include <inttypes.h>
#include <string.h>

// ----- what sum_of_squares.h promises to bring -----

struct calls {
    pid_t caller;
    atomic_int in_the_caller;
    atomic_int elsewhere;
};

static struct calls *calls;  // shared with the workers
static struct wb_meeting *meeting;

int64_t square(int64_t number)
{
    if (calls != NULL) {
        if (getpid() == calls->caller) {
            calls->in_the_caller++;
        } else {
            calls->elsewhere++;
        }
    }
    wb_meeting_attend(meeting);
    return number * number;
}

// ----- the tests: one part -----

static void check_part(int64_t from, int64_t to, int64_t expected)
{
    const struct part part = {from, to};
    const cf_value sum = sum_part(cf_struct(part));
    WB_CHECK(
        strcmp(cf_kind_name(sum), "int") == 0,
        "sum_part returned a value of the kind \"%s\" for the part {%" PRId64
        ", %" PRId64 "}; the number %" PRId64 " was expected",
        cf_kind_name(sum), from, to, expected);
    WB_CHECK(cf_as_int(sum) == expected,
             "sum_part returned %" PRId64 " for the part {%" PRId64 ", %" PRId64
             "}; %" PRId64 " was expected",
             cf_as_int(sum), from, to, expected);
}

static void a_part_ends_before_its_end(void)
{
    check_part(0, 4, 14);  // 0 + 1 + 4 + 9
}

static void a_part_begins_where_it_says(void)
{
    check_part(3, 5, 25);  // 9 + 16
}

static void an_empty_part_is_nothing(void)
{
    check_part(7, 7, 0);
}

// ----- the tests: all numbers -----

static int64_t sum_up_to(int64_t count)
{
    const int64_t sum = sum_of_squares(count);
    WB_ALL_POOLS_CLOSED();  // else its processes are still there
    return sum;
}

static void check_sum(int64_t count)
{
    const int64_t sum = sum_up_to(count);
    int64_t expected = 0;
    for (int64_t i = 0; i < count; i++) {
        expected += i * i;
    }
    WB_CHECK(sum == expected,
             "sum_of_squares returned %" PRId64 " for %" PRId64
             " numbers; %" PRId64 " was expected",
             sum, count, expected);
}

static void ten_numbers_are_summed(void)
{
    check_sum(10);
}

static void numbers_that_fill_all_parts_are_summed(void)
{
    check_sum(MOST_PARTS);
    check_sum(2 * MOST_PARTS);
}

static void one_number_more_than_fills_all_parts_is_not_lost(void)
{
    check_sum(MOST_PARTS + 1);
    check_sum(2 * MOST_PARTS + 1);
}

static void few_numbers_are_summed(void)
{
    check_sum(3);
    check_sum(2);
}

static void no_numbers_make_no_sum(void)
{
    check_sum(0);
}

static void only_other_processes_compute(void)
{
    enum { MANY = 21 };
    calls = wb_share(sizeof *calls);
    calls->caller = getpid();
    sum_up_to(MANY);
    WB_CHECK(calls->in_the_caller == 0,
             "sum_of_squares had square called in its own process (%d times), "
             "which a crash would have ended; only other processes were "
             "expected to",
             calls->in_the_caller);
    WB_CHECK(calls->elsewhere == MANY,
             "sum_of_squares had %d squares computed for %d numbers",
             calls->elsewhere, MANY);
}

static void check_tasks(int64_t count, size_t most)
{
    struct cf_test_snapshot before;
    struct cf_test_snapshot after;
    cf_test_snapshot(&before);
    sum_up_to(count);
    cf_test_snapshot(&after);
    WB_CHECK(after.executors_opened - before.executors_opened == 1,
             "sum_of_squares opened %zu pools for %" PRId64
             " numbers; one cf_process_pool was expected",
             after.executors_opened - before.executors_opened, count);
    WB_CHECK(after.submitted - before.submitted <= most,
             "sum_of_squares handed its pool %zu tasks for %" PRId64
             " numbers; at most %zu were expected",
             after.submitted - before.submitted, count, most);
}

static void a_thousand_numbers_are_eight_tasks_at_most(void)
{
    check_tasks(1000, MOST_PARTS);
    check_tasks(1001, MOST_PARTS);
}

static void no_part_is_empty(void)
{
    check_tasks(3, 3);
    check_tasks(1, 1);
    check_tasks(0, 0);
}

static void all_workers_compute_at_once(void)
{
    meeting = wb_meeting_call(WORKERS);
    sum_up_to(100);
    WB_MET("sum_of_squares", meeting, "parts");
}

static CU_TestInfo sum_of_squares_tests[] = {
    {"a_part_ends_before_its_end", a_part_ends_before_its_end},
    {"a_part_begins_where_it_says", a_part_begins_where_it_says},
    {"an_empty_part_is_nothing", an_empty_part_is_nothing},
    {"ten_numbers_are_summed", ten_numbers_are_summed},
    {"numbers_that_fill_all_parts_are_summed",
     numbers_that_fill_all_parts_are_summed},
    {"one_number_more_than_fills_all_parts_is_not_lost",
     one_number_more_than_fills_all_parts_is_not_lost},
    {"few_numbers_are_summed", few_numbers_are_summed},
    {"no_numbers_make_no_sum", no_numbers_make_no_sum},
    {"only_other_processes_compute", only_other_processes_compute},
    {"a_thousand_numbers_are_eight_tasks_at_most",
     a_thousand_numbers_are_eight_tasks_at_most},
    {"no_part_is_empty", no_part_is_empty},
    {"all_workers_compute_at_once", all_workers_compute_at_once},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"sum_of_squares", NULL, NULL, NULL, NULL, sum_of_squares_tests},
    CU_SUITE_INFO_NULL,
};
