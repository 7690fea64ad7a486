// Whatever a map asks the system for may be refused, as in test_faults.c: each
// time there is an error in the place of a result, or as the last item; no
// hang, no leak, and the pool works.

#include <cfutures.h>

#include "support.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static cf_value greet(cf_value context, cf_value name)
{
    if (cf_failed(name) || cf_failed(context)) {
        return cf_failed(name) ? name : context;
    }
    return cf_format("%s, %s!", cf_as_str(context), cf_as_str(name));
}

static bool is_shortage(const cf_error *error)
{
    return error->code == ENOMEM || error->code == CF_EBROKEN;
}

struct words {
    const char *const *word;
    int left;
};

static bool next_word(void *state, cf_value *item)
{
    struct words *words = state;
    if (words->left == 0) {
        return false;
    }
    words->left--;
    *item = cf_format("%s", *words->word++);
    return true;
}

static const char *const greetings[] = {"Hello, Ada!", "Hello, Ben!",
                                        "Hello, Cy!"};

// The greetings in their order, with shortages in the place of some; unless the
// map ended early, all of them.
static void check_greetings(cf_map_iter *map)
{
    int i = 0;
    bool has_ended_early = false;
    cf_for (greeting, map) {
        CU_ASSERT_FALSE(has_ended_early);
        CU_ASSERT(i < 3);
        if (cf_failed(greeting)) {
            CU_ASSERT_TRUE(is_shortage(cf_as_error(greeting)));
            has_ended_early = cf_map_error(map) != NULL;
        } else {
            CU_ASSERT_STRING_EQUAL(cf_as_str(greeting), greetings[i]);
        }
        i++;
    }
    CU_ASSERT(i == 3 || has_ended_early);
}

static void left_early(cf_executor *pool)
{
    cf_value values[3];
    for (int i = 0; i < 3; i++) {
        values[i] = cf_format("%d", i);
    }
    cf_for (item, cf_map(pool, itself, values, 3, .ahead = 1)) {
        CU_ASSERT(!cf_failed(item) || is_shortage(cf_as_error(item)));
        break;
    }
}

static void whole_program(void)
{
    const char *const names[] = {"Ada", "Ben", "Cy"};
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        check_greetings(cf_map_with(pool, greet, "Hello", names, 3));
        check_greetings(
            cf_map_with(pool, greet, cf_format("Hello"), names, 3, .chunk = 2));
        struct words words = {names, 3};
        check_greetings(cf_map_from_with(pool, greet, "Hello", next_word,
                                         &words, .ahead = 2));
        left_early(pool);
    }
}

static void fail_each_request(bool for_ever)
{
    unsigned n = 0;
    do {
        n++;
        fail_request(n, for_ever);
        whole_program();
        CU_ASSERT_EQUAL(blocks_in_use(), 0);
    } while (a_request_failed());
    CU_ASSERT(n > 40);  // the program does make requests
}

static void any_one_request_of_a_map_may_fail(void)
{
    fail_each_request(false);
}

static void all_requests_of_a_map_from_any_on_may_fail(void)
{
    fail_each_request(true);
}

static void a_map_without_memory_has_one_error_and_ends(void)
{
    const int items[] = {1, 2, 3};
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        fail_request(1, true);
        // More at a time, and one in another, than there are for each thread.
        for (int i = 0; i < 20; i++) {
            int results = 0;
            cf_map_iter *outer = cf_map(pool, itself, items, 3);
            cf_for (item, outer) {
                CU_ASSERT_EQUAL(cf_as_error(item)->code, ENOMEM);
                CU_ASSERT_PTR_NOT_NULL(cf_map_error(outer));
                cf_map_iter *inner = cf_map(pool, itself, items, 3);
                CU_ASSERT_PTR_NOT_EQUAL(inner, outer);
                cf_map_close(inner);
                results++;
            }
            CU_ASSERT_EQUAL(results, 1);
        }
        fail_request(0, false);
    }
}

static bool count_up(void *state, cf_value *item)
{
    *item = cf_int((*(int *)state)++);
    return true;
}

static void a_look_ahead_larger_than_all_memory_is_a_shortage(void)
{
    int taken = 0;
    int results = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_for (item, cf_map_from(pool, itself, count_up, &taken,
                                  .ahead = SIZE_MAX)) {
            CU_ASSERT_EQUAL(cf_as_error(item)->code, ENOMEM);
            results++;
        }
    }
    CU_ASSERT_EQUAL(results, 1);
    CU_ASSERT_EQUAL(taken, 0);
}

static void a_map_works_again_when_there_is_memory_again(void)
{
    const char *const names[] = {"Ada", "Ben", "Cy"};
    for (unsigned n = 1; n <= 12; n++) {
        cf_with (pool, cf_thread_pool(.max_workers = 2)) {
            fail_request(n, true);
            check_greetings(cf_map_with(pool, greet, "Hello", names, 3));
            fail_request(0, false);
            int i = 0;
            cf_for (item, cf_map_with(pool, greet, "Hello", names, 3)) {
                CU_ASSERT_STRING_EQUAL(cf_as_str(item), greetings[i]);
                i++;
            }
            CU_ASSERT_EQUAL(i, 3);
        }
    }
}

static void a_map_takes_nothing_more_after_a_shortage(void)
{
    int taken = 0;
    int results = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_map_iter *map =
            cf_map_from(pool, itself, count_up, &taken, .ahead = 3);
        fail_request(1, true);
        cf_for (item, map) {
            CU_ASSERT_EQUAL(cf_failed(item), results == 3);
            results++;
        }
        fail_request(0, false);
    }
    CU_ASSERT_EQUAL(results, 4);
    CU_ASSERT_EQUAL(taken, 4);
}

static CU_TestInfo tests[] = {
    TEST(any_one_request_of_a_map_may_fail),
    TEST(all_requests_of_a_map_from_any_on_may_fail),
    TEST(a_map_without_memory_has_one_error_and_ends),
    TEST(a_map_takes_nothing_more_after_a_shortage),
    TEST(a_look_ahead_larger_than_all_memory_is_a_shortage),
    TEST(a_map_works_again_when_there_is_memory_again),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("map: faults", tests),
    CU_SUITE_INFO_NULL,
};
