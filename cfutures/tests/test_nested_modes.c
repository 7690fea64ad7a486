// Tasks that wait for one of several futures, or until one has failed: what can
// end is waited for, and no more is done than was asked for.

#include <cfutures.h>

#include "support.h"

static cf_executor *the_pool;
static struct gate meeting;
static struct gate release;
static cf_future *others[3];

static cf_value await_release(cf_value unused)
{
    (void)unused;
    gate_enter(&release);
    return cf_int(1);
}

// Waits for the other one or for one that can end.
static cf_value wait_for_either(cf_value which)
{
    gate_enter(&meeting);
    cf_future *both[] = {others[cf_as_int(which)], others[2]};
    const size_t done = cf_wait(both, 2, CF_FIRST_COMPLETED, CF_FOREVER);
    return cf_int((int64_t)done);
}

static void who_waits_for_one_of_several_goes_on_when_one_can(void)
{
    meeting = (struct gate)GATE_CLOSED;
    release = (struct gate)GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 3)) {
        others[2] = cf_submit(pool, await_release, 0);
        gate_await(&release, 1);
        others[0] = cf_submit(pool, wait_for_either, 1);
        others[1] = cf_submit(pool, wait_for_either, 0);
        gate_await(&meeting, 2);
        gate_open(&meeting);
        gate_open(&release);
        CU_ASSERT(cf_as_int(cf_result(others[0])) >= 1);
        CU_ASSERT(cf_as_int(cf_result(others[1])) >= 1);
    }
}

static cf_value fail_with_7(cf_value unused)
{
    (void)unused;
    return cf_fail(7, "seven");
}

static cf_value wait_for_mode(cf_value unused)
{
    (void)unused;
    cf_future *futures[] = {
        cf_submit(the_pool, itself, 1), cf_submit(the_pool, fail_with_7, 2),
        cf_submit(the_pool, itself, 3), cf_submit(the_pool, itself, 4)};
    const size_t first = cf_wait(futures, 4, CF_FIRST_COMPLETED, CF_FOREVER);
    const size_t failed = cf_wait(futures, 4, CF_FIRST_EXCEPTION, CF_FOREVER);
    const size_t all = cf_wait(futures, 4, CF_ALL_COMPLETED, CF_FOREVER);
    return cf_int((int64_t)(100 * first + 10 * failed + all));
}

// One worker, which runs them in place: it does no more than each mode asks.
static void the_modes_mean_the_same_inside_a_task(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        the_pool = pool;
        CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_submit(pool, wait_for_mode, 0))),
                        124);
    }
}

static cf_value no_exception(cf_value unused)
{
    (void)unused;
    cf_future *futures[] = {cf_submit(the_pool, itself, 1),
                            cf_submit(the_pool, itself, 2)};
    cf_cancel(futures[1]);
    return cf_int((int64_t)cf_wait(futures, 2, CF_FIRST_EXCEPTION, CF_FOREVER));
}

static void without_an_exception_all_are_waited_for(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        the_pool = pool;
        CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_submit(pool, no_exception, 0))),
                        2);
    }
}

static CU_TestInfo modes[] = {
    TEST(who_waits_for_one_of_several_goes_on_when_one_can),
    TEST(the_modes_mean_the_same_inside_a_task),
    TEST(without_an_exception_all_are_waited_for),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("modes", modes),
    CU_SUITE_INFO_NULL,
};
