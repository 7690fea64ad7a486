// How far a map goes ahead of its caller, and so what it keeps in memory.

#include <cfutures.h>

#include "map_support.h"
#include "support.h"

#include <cfutures_testing.h>
#include <stdint.h>

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

static bool big_data(void *state, cf_value *item)
{
    int *left = state;
    if ((*left)-- == 0) {
        return false;
    }
    *item = counted_data();
    return true;
}

static void each_item_is_freed_once_and_before_the_map_ends(void)
{
    int left = 100;
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

static CU_TestInfo ahead_tests[] = {
    TEST(no_more_than_ahead_is_taken_and_no_less),
    TEST(a_function_is_asked_for_four_items_for_each_thread),
    TEST(an_array_is_submitted_whole_or_as_far_ahead_as_asked),
    TEST(memory_does_not_grow_with_the_number_of_items),
    TEST(each_item_is_freed_once_and_before_the_map_ends),
    CU_TEST_INFO_NULL,
};

// clang-format off
CU_SuiteInfo suites[] = {
    {"map: ahead", NULL, NULL, map_set_up, support_tear_down, ahead_tests},
    CU_SUITE_INFO_NULL,
};
// clang-format on
