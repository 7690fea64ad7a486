// Tasks of pools of processes meet, or their meeting gives up at once: it is
// over either way, and no clock has a part in it.

#include "wb_processes.h"

#include <cfutures.h>

enum { FEW = 3, ROUNDS = 50 };

static struct wb_meeting *meeting;

static cf_value attend(cf_value arg)
{
    wb_meeting_attend(meeting);
    return arg;
}

static void check_most(size_t expected)
{
    WB_EQUAL_INT((int)meeting->most_present, (int)expected);
}

// The runner knows only so many semaphores at a time.
static void check_met_and_end(void)
{
    WB_MET("the test", meeting, "visitors");
    sem_destroy(&meeting->ends);
}

// ----- they meet -----

static void all_submitted_before_the_first_result(void)
{
    for (int round = 0; round < ROUNDS; round++) {
        meeting = wb_meeting_call(FEW);
        cf_with (pool, cf_process_pool(.max_workers = FEW)) {
            cf_future *futures[FEW];
            for (int i = 0; i < FEW; i++) {
                futures[i] = cf_submit(pool, attend, i);
            }
            for (int i = 0; i < FEW; i++) {
                cf_result(futures[i]);
            }
        }
        check_met_and_end();
    }
}

static void a_map(void)
{
    const int visitors[FEW + 2] = {0};
    for (int round = 0; round < ROUNDS; round++) {
        meeting = wb_meeting_call(FEW);
        cf_with (pool, cf_process_pool(.max_workers = FEW)) {
            cf_for (visitor, cf_map(pool, attend, visitors, FEW + 2)) {
                (void)visitor;
            }
        }
        check_met_and_end();
    }
}

static void whoever_asks_again_and_again_while_all_are_under_way(void)
{
    meeting = wb_meeting_call(FEW);
    cf_with (pool, cf_process_pool(.max_workers = FEW)) {
        cf_future *last = NULL;
        for (int i = 0; i < FEW; i++) {
            last = cf_submit(pool, attend, i);
        }
        while (!cf_done(last)) {
        }
    }
    WB_MET("the test", meeting, "visitors");
}

// ----- it gives up -----

static void each_result_before_the_next_submit(void)
{
    meeting = wb_meeting_call(FEW);
    cf_with (pool, cf_process_pool(.max_workers = FEW)) {
        for (int i = 0; i < FEW; i++) {
            cf_result(cf_submit(pool, attend, i));
        }
    }
    check_most(1);
}

static void each_asked_for_again_and_again(void)
{
    meeting = wb_meeting_call(FEW);
    cf_with (pool, cf_process_pool(.max_workers = FEW)) {
        cf_future *first = cf_submit(pool, attend, 1);
        while (!cf_done(first)) {
        }
    }
    check_most(1);
}

static void a_pool_of_its_own_for_each(void)
{
    meeting = wb_meeting_call(FEW);
    for (int i = 0; i < FEW; i++) {
        cf_with (pool, cf_process_pool(.max_workers = 1)) {
            cf_submit(pool, attend, i);
        }
    }
    check_most(1);
}

static void too_few_workers(void)
{
    meeting = wb_meeting_call(FEW);
    cf_with (pool, cf_process_pool(.max_workers = FEW - 1)) {
        for (int i = 0; i < FEW; i++) {
            cf_submit(pool, attend, i);
        }
    }
    WB_CHECK(meeting->most_present < FEW, "%d met in fewer workers", FEW);
}

static void threads_of_the_caller_do_not_attend(void)
{
    meeting = wb_meeting_call(FEW);
    cf_with (pool, cf_thread_pool(.max_workers = FEW)) {
        for (int i = 0; i < FEW; i++) {
            cf_submit(pool, attend, i);
        }
    }
    check_most(0);
}

#define TEST(function)      \
    {                       \
#function, function \
    }

static CU_TestInfo meets[] = {
    TEST(all_submitted_before_the_first_result),
    TEST(a_map),
    TEST(whoever_asks_again_and_again_while_all_are_under_way),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo gives_up[] = {
    TEST(each_result_before_the_next_submit),
    TEST(each_asked_for_again_and_again),
    TEST(a_pool_of_its_own_for_each),
    TEST(too_few_workers),
    TEST(threads_of_the_caller_do_not_attend),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"meets", NULL, NULL, NULL, NULL, meets},
    {"gives_up", NULL, NULL, NULL, NULL, gives_up},
    CU_SUITE_INFO_NULL,
};
