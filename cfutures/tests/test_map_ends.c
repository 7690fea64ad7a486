// How far a map goes ahead of its caller, what it keeps in memory, and how it
// ends before its items do: left early, out of time, on a failed item, on a
// pool that takes no more.

#include <cfutures.h>
#include <cfutures_testing.h>

#include "support.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

static struct gate gate;
static atomic_int ran;

static void set_up(void)
{
    gate = (struct gate)GATE_CLOSED;
    ran = 0;
    support_set_up();
}

static cf_value count(cf_value item)
{
    ran++;
    return item;
}

static cf_value enter_and_count(cf_value item)
{
    ran++;
    gate_enter(&gate);
    return item;
}

// Numbers without an end.
static bool count_up(void *state, cf_value *item)
{
    int *next = state;
    *item = cf_int((*next)++);
    return true;
}

// ----- ahead -----

static void check_ahead(size_t chunk, size_t ahead, int expected)
{
    int taken = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_map_iter *map = cf_map_from(pool, itself, count_up, &taken,
                                       .chunk = chunk, .ahead = ahead);
        CU_ASSERT_EQUAL(taken, expected);  // before any result is asked for
        const int step = (int)(chunk < 1 ? 1 : chunk < ahead ? chunk : ahead);
        for (int handed_out = 1; handed_out <= 1000; handed_out++) {
            cf_value item;
            CU_ASSERT_TRUE(cf_next(map, &item));
            CU_ASSERT_EQUAL(cf_as_int(item), handed_out - 1);
            CU_ASSERT(taken <= handed_out + expected);
            CU_ASSERT(taken > handed_out + expected - step);
        }
        cf_map_close(map);
    }
}

static void no_more_than_ahead_is_taken_and_no_less(void)
{
    check_ahead(0, 1, 1);
    check_ahead(1, 1, 1);
    check_ahead(1, 5, 5);
    check_ahead(3, 6, 6);
    check_ahead(3, 5, 3);    // only whole chunks fit
    check_ahead(100, 5, 5);  // a chunk is not larger than that
}

static void a_function_is_asked_for_four_items_for_each_thread(void)
{
    int taken = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 3)) {
        cf_map_close(cf_map_from(pool, itself, count_up, &taken));
        CU_ASSERT_EQUAL(taken, 12);
        taken = 0;
        cf_map_close(cf_map_from(pool, itself, count_up, &taken, .chunk = 5));
        CU_ASSERT_EQUAL(taken, 60);
    }
}

static void an_array_is_submitted_whole_or_as_far_ahead_as_asked(void)
{
    const int items[10] = {0};
    struct cf_test_snapshot now;
    cf_test_begin(NULL, NULL);
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_map_close(cf_map(pool, itself, items, 10));
        cf_test_snapshot(&now);
        CU_ASSERT_EQUAL(now.submitted, 10);
        cf_map_iter *map = cf_map(pool, itself, items, 10, .ahead = 3);
        cf_test_snapshot(&now);
        CU_ASSERT_EQUAL(now.submitted, 13);
        cf_value item;
        CU_ASSERT_TRUE(cf_next(map, &item));
        cf_test_snapshot(&now);
        CU_ASSERT_EQUAL(now.submitted, 14);
        while (cf_next(map, &item)) {
        }
        cf_test_snapshot(&now);
        CU_ASSERT_EQUAL(now.submitted, 20);
        cf_map_close(map);
        cf_map_close(cf_map(pool, itself, items, 10, .ahead = SIZE_MAX));
        cf_test_snapshot(&now);
        CU_ASSERT_EQUAL(now.submitted, 30);
    }
    cf_test_end();
}

// ----- memory -----

static cf_value greet(cf_value item)
{
    return cf_format("Hello, %lld!", (long long)cf_as_int(item));
}

static void memory_does_not_grow_with_the_number_of_items(void)
{
    // What is in the hands of: 2 workers (what they have just finished), 4
    // items ahead and the one at the caller. Each: future, box, chunk, text.
    enum { UNITS = 2 + 4 + 1, BLOCKS_OF_A_UNIT = 4 };
    int taken = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_map_iter *map =
            cf_map_from(pool, greet, count_up, &taken, .ahead = 4);
        const size_t others = 8;  // pool, threads, the map itself
        size_t most = 0;
        cf_value item;
        for (int i = 0; i < 10000 && cf_next(map, &item); i++) {
            most = blocks_in_use() > most ? blocks_in_use() : most;
        }
        CU_ASSERT(most <= others + UNITS * BLOCKS_OF_A_UNIT);
        cf_map_close(map);
    }
}

static atomic_int freed;

static void count_and_free(void *data)
{
    freed++;
    free(data);
}

static bool big_data(void *state, cf_value *item)
{
    int *left = state;
    if ((*left)-- == 0) {
        return false;
    }
    *item = cf_take(malloc(1), count_and_free);
    return true;
}

static void each_item_is_freed_once_and_before_the_map_ends(void)
{
    int left = 100;
    freed = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        int handed_out = 0;
        cf_for (item, cf_map_from(pool, itself, big_data, &left, .ahead = 2)) {
            handed_out++;
            // One is here, one may be in the worker's hands still.
            CU_ASSERT(freed >= handed_out - 2);
            CU_ASSERT(freed < handed_out);
            (void)item;
        }
        CU_ASSERT_EQUAL(handed_out, 100);
    }
    CU_ASSERT_EQUAL(freed, 100);
}

// ----- left early -----

static int64_t first_of(cf_executor *pool, const int *items, size_t n)
{
    cf_for (item, cf_map(pool, itself, items, n)) {
        return cf_as_int(item);
    }
    return -1;
}

static void leaving_the_loop_closes_the_map_however_it_is_left(void)
{
    const int items[] = {7, 8, 9};
    int last = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_for (item, cf_map(pool, itself, items, 3)) {
            if (cf_as_int(item) == 7) {
                continue;
            }
            last = (int)cf_as_int(item);
            break;
        }
        CU_ASSERT_EQUAL(last, 8);
        CU_ASSERT_EQUAL(first_of(pool, items, 3), 7);
        cf_for (item, cf_map(pool, itself, items, 3)) {
            if (cf_as_int(item) == 9) {
                goto out;
            }
        }
        CU_FAIL("9 was there");
    out:;
    }
}

static void leaving_early_cancels_what_has_not_started(void)
{
    const int items[] = {1, 2, 3, 4};
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_map_iter *map = cf_map(pool, enter_and_count, items, 4);
        gate_await(&gate, 1);
        cf_map_close(map);  // does not wait for the one that runs
        gate_open(&gate);
    }
    CU_ASSERT_EQUAL(ran, 1);
}

static void leaving_early_ends_a_chunk_at_its_next_item(void)
{
    const int items[] = {1, 2, 3, 4};
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_map_iter *map = cf_map(pool, enter_and_count, items, 4, .chunk = 4);
        gate_await(&gate, 1);
        cf_map_close(map);
        gate_open(&gate);
    }
    CU_ASSERT_EQUAL(ran, 1);
}

static cf_value run_until_asked_to_stop(cf_value item)
{
    gate_enter(&gate);
    while (!cf_stopping()) {
        sched_yield();
    }
    ran++;
    return item;
}

static void leaving_early_asks_what_runs_to_stop(void)
{
    const int items[] = {1, 2};
    gate_open(&gate);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_map_iter *map = cf_map(pool, run_until_asked_to_stop, items, 2);
        gate_await(&gate, 1);
        cf_map_close(map);
    }
    CU_ASSERT_EQUAL(ran, 1);
}

static cf_value enter_with(cf_value context, cf_value item)
{
    (void)context;
    return enter_and_count(item);
}

static void a_context_lives_as_long_as_the_last_task_that_runs(void)
{
    const int items[] = {1, 2};
    freed = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_map_close(NULL);
        cf_map_iter *map = cf_map_with(
            pool, enter_with, cf_take(malloc(1), count_and_free), items, 2);
        gate_await(&gate, 1);
        cf_map_close(map);
        CU_ASSERT_EQUAL(freed, 0);
        gate_open(&gate);
    }
    CU_ASSERT_EQUAL(freed, 1);
}

static void values_that_were_not_submitted_are_freed_as_well(void)
{
    freed = 0;
    cf_value values[6];
    for (int i = 0; i < 6; i++) {
        values[i] = cf_take(malloc(1), count_and_free);
    }
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_map_close(cf_map(pool, itself, values, 6, .ahead = 2));
    }
    CU_ASSERT_EQUAL(freed, 6);
}

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

// ----- many at once -----

enum { MAPPERS = 4, MAPS = 100 };

// Maps of all sizes, left at all points. Returns how many results were wrong.
static void *map_and_leave(void *pool)
{
    int *wrong = malloc(sizeof *wrong);
    *wrong = 0;
    for (int i = 0; i < MAPS; i++) {
        const size_t chunk = (size_t)i % 4;
        const size_t ahead = (size_t)i % 7;
        int taken = 0;
        int results = 0;
        cf_for (item, cf_map_from(pool, itself, count_up, &taken,
                                  .chunk = chunk, .ahead = ahead)) {
            if (results == i % 30) {
                break;
            }
            *wrong += cf_as_int(item) != results;
            results++;
        }
    }
    return wrong;
}

static void many_threads_may_map_on_one_pool_and_leave(void)
{
    pthread_t threads[MAPPERS];
    cf_with (pool, cf_thread_pool(.max_workers = 3)) {
        for (int i = 0; i < MAPPERS; i++) {
            pthread_create(&threads[i], NULL, map_and_leave, pool);
        }
        for (int i = 0; i < MAPPERS; i++) {
            void *wrong;
            pthread_join(threads[i], &wrong);
            CU_ASSERT_EQUAL(*(int *)wrong, 0);
            free(wrong);
        }
    }
}

static CU_TestInfo ahead_tests[] = {
    TEST(no_more_than_ahead_is_taken_and_no_less),
    TEST(a_function_is_asked_for_four_items_for_each_thread),
    TEST(an_array_is_submitted_whole_or_as_far_ahead_as_asked),
    TEST(memory_does_not_grow_with_the_number_of_items),
    TEST(each_item_is_freed_once_and_before_the_map_ends),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo early_tests[] = {
    TEST(leaving_the_loop_closes_the_map_however_it_is_left),
    TEST(leaving_early_cancels_what_has_not_started),
    TEST(leaving_early_asks_what_runs_to_stop),
    TEST(leaving_early_ends_a_chunk_at_its_next_item),
    TEST(a_context_lives_as_long_as_the_last_task_that_runs),
    TEST(values_that_were_not_submitted_are_freed_as_well),
    TEST(many_threads_may_map_on_one_pool_and_leave),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo error_tests[] = {
    TEST(a_map_out_of_time_hands_out_what_is_there_and_then_says_so),
    TEST(results_that_are_there_come_even_out_of_time),
    TEST(time_goes_by_while_a_map_waits),
    TEST(a_timeout_of_a_task_is_not_the_maps),
    TEST(with_stop_on_error_the_first_error_is_the_last_item),
    TEST(with_stop_on_error_the_rest_of_the_chunk_does_not_run),
    TEST(a_pool_that_takes_no_more_ends_the_map_with_its_error),
    TEST(a_pool_that_cancels_its_queue_ends_the_map),
    TEST(a_full_pool_that_refuses_ends_the_map),
    TEST(a_full_pool_that_blocks_only_slows_the_map_down),
    TEST(what_was_submitted_before_a_shutdown_is_handed_out),
    CU_TEST_INFO_NULL,
};

// clang-format off
CU_SuiteInfo suites[] = {
    {"map: ahead", NULL, NULL, set_up, support_tear_down, ahead_tests},
    {"map: left early", NULL, NULL, set_up, support_tear_down, early_tests},
    {"map: ended by an error", NULL, NULL, set_up, support_tear_down, error_tests},
    CU_SUITE_INFO_NULL,
};
// clang-format on
