// Tasks that wait for each other, whatever they wait with: what can never end
// says so. What can end is in test_nested_modes.c.

#include <cfutures.h>

#include "support.h"

#include <string.h>

// ----- ways to wait -----

// Each waits for all of them, or returns early; then asks for the results.
// Returns the first that failed, or 1.
typedef cf_value wait_way(cf_executor *pool, cf_future **futures, size_t count);

static cf_value first_failure(cf_future **futures, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const cf_value result = cf_result(futures[i]);
        if (cf_failed(result)) {
            return result;
        }
    }
    return cf_int(1);
}

static cf_value by_wait_all(cf_executor *pool, cf_future **futures,
                            size_t count)
{
    (void)pool;
    cf_wait(futures, count, CF_ALL_COMPLETED, CF_FOREVER);
    return first_failure(futures, count);
}

static cf_value by_wait_first(cf_executor *pool, cf_future **futures,
                              size_t count)
{
    (void)pool;
    while (count > 0) {
        const size_t done =
            cf_wait(futures, count, CF_FIRST_COMPLETED, CF_FOREVER);
        const cf_value failure =
            first_failure(futures, done == 0 ? count : done);
        if (cf_failed(failure)) {
            return failure;
        }
        futures += done;
        count -= done;
    }
    return cf_int(1);
}

static cf_value by_wait_exception(cf_executor *pool, cf_future **futures,
                                  size_t count)
{
    (void)pool;
    cf_wait(futures, count, CF_FIRST_EXCEPTION, CF_FOREVER);
    return first_failure(futures, count);
}

static cf_value by_as_completed(cf_executor *pool, cf_future **futures,
                                size_t count)
{
    (void)pool;
    size_t done = 0;
    cf_for_completed (future, futures, count) {
        done++;
        if (cf_failed(cf_result(future))) {
            return cf_result(future);
        }
    }
    return done == count ? cf_int(1) : first_failure(futures, count);
}

static cf_value same_result(cf_value future)
{
    return cf_result(cf_as_ptr(future));
}

static cf_value by_map(cf_executor *pool, cf_future **futures, size_t count)
{
    cf_value values[8];
    for (size_t i = 0; i < count; i++) {
        values[i] = cf_ptr(futures[i]);
    }
    cf_for (value, cf_map(pool, same_result, values, count)) {
        if (cf_failed(value)) {
            return cf_copy(value);
        }
    }
    return cf_int(1);
}

static wait_way *const ways[] = {
    by_wait_all, by_wait_first, by_wait_exception, by_as_completed, by_map,
};
enum { WAYS = sizeof ways / sizeof ways[0] };

// ----- circles -----

static wait_way *the_way;
static cf_executor *the_pool;
static struct gate meeting;
static cf_future *others[3];

static cf_value wait_for_other(cf_value which)
{
    gate_enter(&meeting);
    cf_future *other = others[cf_as_int(which)];
    return the_way(the_pool, &other, 1);
}

static cf_value wait_for_done_and_other(cf_value which)
{
    gate_enter(&meeting);
    cf_future *both[] = {others[2], others[cf_as_int(which)]};
    return the_way(the_pool, both, 2);
}

static void check_circle(cf_task task)
{
    for (int way = 0; way < WAYS; way++) {
        the_way = ways[way];
        meeting = (struct gate)GATE_CLOSED;
        cf_with (pool, cf_thread_pool(.max_workers = 2)) {
            the_pool = pool;
            others[2] = cf_submit(pool, itself, 3);
            cf_result(others[2]);
            others[0] = cf_submit(pool, task, 1);
            others[1] = cf_submit(pool, task, 0);
            gate_await(&meeting, 2);
            gate_open(&meeting);
            for (int i = 0; i < 2; i++) {
                const cf_error *error = cf_exception(others[i]);
                CU_ASSERT_PTR_NOT_NULL_FATAL(error);
                CU_ASSERT_EQUAL(error->code, CF_EDEADLOCK);
            }
        }
    }
}

static void two_that_wait_for_each_other_get_an_error(void)
{
    check_circle(wait_for_other);
}

static void what_is_done_already_does_not_hide_the_circle(void)
{
    check_circle(wait_for_done_and_other);
}

static cf_value wait_for_tail(cf_value which)
{
    gate_enter(&meeting);
    return cf_result(cf_then(others[cf_as_int(which)], itself));
}

static void a_circle_through_what_goes_on_is_seen(void)
{
    the_way = by_wait_all;
    meeting = (struct gate)GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        others[0] = cf_submit(pool, wait_for_tail, 1);
        others[1] = cf_submit(pool, wait_for_other, 0);
        gate_await(&meeting, 2);
        gate_open(&meeting);
        for (int i = 0; i < 2; i++) {
            const cf_error *error = cf_exception(others[i]);
            CU_ASSERT_PTR_NOT_NULL_FATAL(error);
            CU_ASSERT_EQUAL(error->code, CF_EDEADLOCK);
        }
    }
}

static cf_value wait_for_itself(cf_value unused)
{
    (void)unused;
    gate_enter(&meeting);
    cf_future *own = others[0];
    return the_way(the_pool, &own, 1);
}

static void who_waits_for_itself_gets_an_error(void)
{
    for (int way = 0; way < WAYS; way++) {
        the_way = ways[way];
        meeting = (struct gate)GATE_CLOSED;
        cf_with (pool, cf_thread_pool(.max_workers = 1)) {
            the_pool = pool;
            others[0] = cf_submit(pool, wait_for_itself, 0);
            gate_open(&meeting);
            CU_ASSERT_EQUAL(cf_exception(others[0])->code, CF_EDEADLOCK);
        }
    }
}

// ----- depth -----

static cf_value descend(cf_value levels)
{
    const int64_t left = cf_as_int(levels);
    if (left == 0) {
        return cf_int(1);
    }
    cf_future *below = cf_submit(the_pool, descend, left - 1);
    return the_way(the_pool, &below, 1);
}

static void check_depth(int64_t levels, int code)
{
    for (int way = 0; way < WAYS; way++) {
        the_way = ways[way];
        cf_with (pool, cf_thread_pool(.max_workers = 1)) {
            the_pool = pool;
            const cf_error *error =
                cf_exception(cf_submit(pool, descend, levels));
            CU_ASSERT_EQUAL(error == NULL ? 0 : error->code, code);
        }
    }
}

static void a_hundred_levels_deep_is_no_trouble(void)
{
    check_depth(100, 0);
}

static void ten_thousand_levels_of_any_wait_end_with_an_error(void)
{
    check_depth(10000, CF_EDEADLOCK);
}

static CU_TestInfo circles[] = {
    TEST(two_that_wait_for_each_other_get_an_error),
    TEST(what_is_done_already_does_not_hide_the_circle),
    TEST(a_circle_through_what_goes_on_is_seen),
    TEST(who_waits_for_itself_gets_an_error),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo depth[] = {
    TEST(a_hundred_levels_deep_is_no_trouble),
    TEST(ten_thousand_levels_of_any_wait_end_with_an_error),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("circles", circles),
    SUITE("depth", depth),
    CU_SUITE_INFO_NULL,
};
