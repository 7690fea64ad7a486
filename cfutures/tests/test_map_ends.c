// How a map ends before its items do: out of time, on a failed item, on a pool
// that takes no more.

#include <cfutures.h>

#include "map_support.h"
#include "support.h"

#include <errno.h>

// ----- out of time -----

static void a_map_out_of_time_hands_out_what_is_there_and_then_says_so(void)
{
    const int items[] = {1, 2, 3, 4};
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_map_iter *map =
            cf_map(pool, enter_and_count, items, 4, .ahead = 3, .seconds = -1);
        gate_await(&gate, 1);
        cf_value item;
        CU_ASSERT_TRUE(cf_next(map, &item));
        const cf_error *error = cf_as_error(item);
        CU_ASSERT_PTR_NOT_NULL_FATAL(error);
        CU_ASSERT_EQUAL(error->code, CF_ETIMEOUT);
        CU_ASSERT_STRING_EQUAL(error->function, "cf_map");
        CU_ASSERT_PTR_EQUAL(cf_map_error(map), error);
        CU_ASSERT_FALSE(cf_next(map, &item));
        CU_ASSERT_FALSE(cf_next(map, &item));
        gate_open(&gate);
        cf_shutdown(pool, CF_WAIT);
        CU_ASSERT_EQUAL(ran, 1);  // the rest was cancelled
        cf_map_close(map);
    }
}

static cf_value enter_if_not_0(cf_value item)
{
    return cf_as_int(item) == 0 ? count(item) : enter_and_count(item);
}

static void results_that_are_there_come_even_out_of_time(void)
{
    const int items[] = {0, 1, 2};
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_map_iter *map =
            cf_map(pool, enter_if_not_0, items, 3, .seconds = -1);
        gate_await(&gate, 1);  // so the only worker is done with item 0
        cf_value item;
        CU_ASSERT_TRUE(cf_next(map, &item));
        CU_ASSERT_FALSE(cf_failed(item));
        CU_ASSERT_TRUE(cf_next(map, &item));
        CU_ASSERT_TRUE(cf_failed(item));
        CU_ASSERT_FALSE(cf_next(map, &item));
        cf_map_close(map);
        gate_open(&gate);
    }
    CU_ASSERT_EQUAL(ran, 2);
}

static void time_goes_by_while_a_map_waits(void)
{
    const int items[] = {1, 2};
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_for (item,
                cf_map(pool, enter_and_count, items, 2, .seconds = 0.001)) {
            CU_ASSERT_TRUE(cf_failed(item));
        }
        gate_open(&gate);
    }
    CU_ASSERT(ran <= 1);
}

static cf_value time_out(cf_value item)
{
    return cf_as_int(item) == 1 ? cf_fail(CF_ETIMEOUT, "of the task's own")
                                : item;
}

static void a_timeout_of_a_task_is_not_the_maps(void)
{
    const int items[] = {0, 1, 2};
    int results = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_map_iter *map = cf_map(pool, time_out, items, 3, .seconds = 1e9);
        cf_for (item, map) {
            CU_ASSERT_EQUAL(cf_failed(item), results == 1);
            CU_ASSERT_PTR_NULL(cf_map_error(map));
            results++;
        }
    }
    CU_ASSERT_EQUAL(results, 3);
}

// ----- on a failed item -----

static cf_value fail_at_2(cf_value item)
{
    ran++;
    return cf_as_int(item) == 2 ? cf_fail(EDOM, "2") : item;
}

static void check_stop_on_error(size_t chunk)
{
    int taken = 0;
    int results = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_map_iter *map =
            cf_map_from(pool, fail_at_2, count_up, &taken, .chunk = chunk,
                        .ahead = 6, .stop_on_error = true);
        cf_for (item, map) {
            CU_ASSERT_EQUAL(cf_failed(item), results == 2);
            CU_ASSERT_PTR_EQUAL(cf_map_error(map), cf_as_error(item));
            results++;
        }
    }
    CU_ASSERT_EQUAL(results, 3);
    CU_ASSERT(taken <= 3 + 6);
}

static void with_stop_on_error_the_first_error_is_the_last_item(void)
{
    check_stop_on_error(1);
    check_stop_on_error(2);
    check_stop_on_error(6);
}

static void with_stop_on_error_the_rest_of_the_chunk_does_not_run(void)
{
    const int items[] = {1, 2, 3, 4};
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_for (item, cf_map(pool, fail_at_2, items, 4, .chunk = 4,
                             .stop_on_error = true)) {
            (void)item;
        }
    }
    CU_ASSERT_EQUAL(ran, 2);
}

// ----- on a pool that takes no more -----

static void check_refused(cf_executor *pool, int code)
{
    const int items[] = {1, 2, 3};
    int taken = 0;
    int results = 0;
    cf_map_iter *of_array = cf_map(pool, itself, items, 3, .chunk = 2);
    cf_for (item, of_array) {
        CU_ASSERT_EQUAL(cf_as_error(item)->code, code);
        CU_ASSERT_PTR_EQUAL(cf_map_error(of_array), cf_as_error(item));
        results++;
    }
    cf_for (item, cf_map_from(pool, itself, count_up, &taken)) {
        CU_ASSERT_EQUAL(cf_as_error(item)->code, code);
        results++;
    }
    CU_ASSERT_EQUAL(results, 2);
    CU_ASSERT_EQUAL(taken, 1);
}

static void a_pool_that_takes_no_more_ends_the_map_with_its_error(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_shutdown(pool, CF_NO_WAIT);
        check_refused(pool, CF_ESHUTDOWN);
    }
    cf_with (pool, cf_thread_pool(.max_workers = -1)) {
        check_refused(pool, CF_EBROKEN);
    }
}

static void a_pool_that_cancels_its_queue_ends_the_map(void)
{
    const int items[] = {1, 2, 3};
    int results = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_map_iter *map = cf_map(pool, enter_and_count, items, 3);
        gate_await(&gate, 1);
        cf_shutdown(pool, CF_CANCEL_PENDING);
        gate_open(&gate);
        cf_for (item, map) {
            CU_ASSERT_EQUAL(cf_failed(item), results == 1);
            results++;
        }
    }
    CU_ASSERT_EQUAL(results, 2);
    CU_ASSERT_EQUAL(ran, 1);
}

static void a_full_pool_that_refuses_ends_the_map(void)
{
    const int items[10] = {0};
    int results = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 1, .max_pending = 2,
                                  .when_full = CF_REFUSE)) {
        cf_map_iter *map = cf_map(pool, enter_and_count, items, 10);
        gate_open(&gate);
        cf_for (item, map) {
            if (cf_failed(item)) {
                CU_ASSERT_EQUAL(cf_as_error(item)->code, CF_EFULL);
                CU_ASSERT_PTR_EQUAL(cf_map_error(map), cf_as_error(item));
                break;
            }
            results++;
        }
    }
    // Two may wait, and one may have been taken out by the worker.
    CU_ASSERT(results == 2 || results == 3);
}

static void a_full_pool_that_blocks_only_slows_the_map_down(void)
{
    const int items[100] = {0};
    int results = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 2, .max_pending = 3)) {
        cf_for (item, cf_map(pool, itself, items, 100)) {
            results += !cf_failed(item);
        }
    }
    CU_ASSERT_EQUAL(results, 100);
}

static void what_was_submitted_before_a_shutdown_is_handed_out(void)
{
    int taken = 0;
    int results = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_map_iter *map =
            cf_map_from(pool, itself, count_up, &taken, .ahead = 4);
        cf_shutdown(pool, CF_NO_WAIT);
        cf_for (item, map) {
            CU_ASSERT_EQUAL(cf_failed(item), results == 4);
            results++;
        }
    }
    CU_ASSERT_EQUAL(results, 5);
}

static CU_TestInfo time_tests[] = {
    TEST(a_map_out_of_time_hands_out_what_is_there_and_then_says_so),
    TEST(results_that_are_there_come_even_out_of_time),
    TEST(time_goes_by_while_a_map_waits),
    TEST(a_timeout_of_a_task_is_not_the_maps),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo failed_tests[] = {
    TEST(with_stop_on_error_the_first_error_is_the_last_item),
    TEST(with_stop_on_error_the_rest_of_the_chunk_does_not_run),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo pool_tests[] = {
    TEST(a_pool_that_takes_no_more_ends_the_map_with_its_error),
    TEST(a_pool_that_cancels_its_queue_ends_the_map),
    TEST(a_full_pool_that_refuses_ends_the_map),
    TEST(a_full_pool_that_blocks_only_slows_the_map_down),
    TEST(what_was_submitted_before_a_shutdown_is_handed_out),
    CU_TEST_INFO_NULL,
};

// clang-format off
CU_SuiteInfo suites[] = {
    {"map: out of time", NULL, NULL, map_set_up, support_tear_down, time_tests},
    {"map: on a failed item", NULL, NULL, map_set_up, support_tear_down, failed_tests},
    {"map: on a pool that takes no more", NULL, NULL, map_set_up, support_tear_down, pool_tests},
    CU_SUITE_INFO_NULL,
};
// clang-format on
