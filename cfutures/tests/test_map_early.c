// A map that is left early: what has not started is cancelled, what runs is
// asked to stop, and nothing is lost.

#include <cfutures.h>

#include "map_support.h"
#include "support.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

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
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_map_close(NULL);
        cf_map_iter *map =
            cf_map_with(pool, enter_with, counted_data(), items, 2);
        gate_await(&gate, 1);
        cf_map_close(map);
        CU_ASSERT_EQUAL(freed, 0);
        gate_open(&gate);
    }
    CU_ASSERT_EQUAL(freed, 1);
}

static void values_that_were_not_submitted_are_freed_as_well(void)
{
    cf_value values[6];
    for (int i = 0; i < 6; i++) {
        values[i] = counted_data();
    }
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_map_close(cf_map(pool, itself, values, 6, .ahead = 2));
    }
    CU_ASSERT_EQUAL(freed, 6);
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

// clang-format off
CU_SuiteInfo suites[] = {
    {"map: left early", NULL, NULL, map_set_up, support_tear_down, early_tests},
    CU_SUITE_INFO_NULL,
};
// clang-format on
