// Chapter 3 of the header: pools of processes. What they do as pools of threads
// do is in test_both_pools.c.

#include <cfutures.h>

#include "support.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static cf_value own_pid(cf_value unused)
{
    (void)unused;
    return cf_int(getpid());
}

static int counter;

static cf_value count_up(cf_value unused)
{
    (void)unused;
    return cf_int(++counter);
}

static void a_task_runs_in_another_process(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        const int64_t pid = cf_as_int(cf_result(cf_submit(pool, own_pid, 0)));
        CU_ASSERT_NOT_EQUAL(pid, getpid());
        CU_ASSERT_EQUAL(kill((pid_t)pid, 0), 0);
    }
}

static void what_a_task_changes_stays_in_its_process(void)
{
    counter = 10;
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        counter = 20;  // too late for the workers
        cf_future *future = cf_submit(pool, count_up, 0);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 11);
        CU_ASSERT_EQUAL(counter, 20);
    }
}

static cf_value return_pointer(cf_value unused)
{
    (void)unused;
    return cf_ptr(&counter);
}

static void a_pointer_does_not_cross(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        cf_future *out = cf_submit(pool, itself, cf_ptr(&counter));
        CU_ASSERT_TRUE(cf_done(out));
        CU_ASSERT_EQUAL(code_of(out), CF_EPOINTER);
        CU_ASSERT_EQUAL(code_of(cf_submit(pool, return_pointer, 0)),
                        CF_EPOINTER);
    }
}

// ----- deaths -----

static cf_value die(cf_value how)
{
    if (cf_as_int(how) < 0) {
        exit((int)-cf_as_int(how));
    }
    raise((int)cf_as_int(how));
    return cf_none();
}

static void check_death(cf_executor *pool, int how, const char *text)
{
    const cf_error *error = cf_exception(cf_submit(pool, die, how));
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT_EQUAL(error->code, CF_EDIED);
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, text));
}

static void a_death_is_told_and_costs_one_task(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        cf_future *before = cf_submit(pool, itself, 1);
        cf_future *victim = cf_submit(pool, die, SIGKILL);
        cf_future *after = cf_submit(pool, itself, 2);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(before)), 1);
        CU_ASSERT_EQUAL(code_of(victim), CF_EDIED);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(after)), 2);
        check_death(pool, SIGKILL, "SIGKILL (signal 9)");
        check_death(pool, -3, "with exit status 3");
    }
}

static void a_worker_that_dies_idle_costs_nothing(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        for (int i = 0; i < 5; i++) {
            cf_future *first = cf_submit(pool, own_pid, 0);
            CU_ASSERT_EQUAL(kill((pid_t)cf_as_int(cf_result(first)), SIGKILL),
                            0);
            cf_future *next = cf_submit(pool, itself, i);
            CU_ASSERT_EQUAL(cf_as_int(cf_result(next)), i);
        }
    }
}

static cf_value die_at_five(cf_value number)
{
    if (cf_as_int(number) == 5) {
        raise(SIGKILL);
    }
    return number;
}

// A chunk is one task, whose items fail together; the map goes on.
static void a_death_costs_a_map_one_chunk(void)
{
    const int numbers[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    cf_with (pool, cf_process_pool(.max_workers = 2)) {
        int i = 0;
        cf_for (value, cf_map(pool, die_at_five, numbers, 10, .chunk = 2)) {
            CU_ASSERT_EQUAL(cf_failed(value), i == 4 || i == 5);
            i++;
        }
        CU_ASSERT_EQUAL(i, 10);
    }
}

static CU_TestInfo places[] = {
    TEST(a_task_runs_in_another_process),
    TEST(what_a_task_changes_stays_in_its_process),
    TEST(a_pointer_does_not_cross),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo deaths[] = {
    TEST(a_death_is_told_and_costs_one_task),
    TEST(a_worker_that_dies_idle_costs_nothing),
    TEST(a_death_costs_a_map_one_chunk),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("process pools", places),
    SUITE("deaths", deaths),
    CU_SUITE_INFO_NULL,
};
