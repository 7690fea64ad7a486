// cf_map and cf_for: which results come, and in which order. How far a map
// goes ahead, and how it ends before its items do: test_map_ends.c.

#include <cfutures.h>
#include <cfutures_testing.h>

#include "support.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>

static struct gate gate;

static void set_up(void)
{
    gate = (struct gate)GATE_CLOSED;
    support_set_up();
}

static cf_value add(cf_value context, cf_value item)
{
    return cf_int(cf_as_int(context) + cf_as_int(item));
}

// ----- order -----

// Item 0 ends after all others have ended.
static cf_value the_first_one_last(cf_value item)
{
    if (cf_as_int(item) == 0) {
        gate_enter(&gate);
    }
    if (cf_as_int(item) == 3) {
        gate_open(&gate);
    }
    return item;
}

static void results_come_in_the_order_of_the_items(void)
{
    const int items[] = {0, 1, 2, 3};
    int next = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_for (item, cf_map(pool, the_first_one_last, items, 4)) {
            CU_ASSERT_EQUAL(cf_as_int(item), next);
            next++;
        }
    }
    CU_ASSERT_EQUAL(next, 4);
}

static cf_value enter(cf_value item)
{
    gate_enter(&gate);
    return item;
}

static void items_are_submitted_before_the_first_result_is_asked_for(void)
{
    const int items[] = {1, 2};
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_map_iter *map = cf_map(pool, enter, items, 2);
        gate_await(&gate, 2);  // both run, and nobody has called cf_next
        gate_open(&gate);
        cf_map_close(map);
    }
}

// ----- items -----

#define CHECK_SUM(type)                                    \
    do {                                                   \
        type items[] = {1, 2, 3};                          \
        const type *const constant = items;                \
        double sum = 0;                                    \
        cf_for (item, cf_map(pool, itself, items, 3)) {    \
            sum += cf_as_double(item);                     \
        }                                                  \
        cf_for (item, cf_map(pool, itself, constant, 3)) { \
            sum += cf_as_double(item);                     \
        }                                                  \
        CU_ASSERT_EQUAL(sum, 12);                          \
    } while (0)

static void an_array_may_be_of_any_number(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        CHECK_SUM(int);
        CHECK_SUM(unsigned);
        CHECK_SUM(long);
        CHECK_SUM(unsigned long);
        CHECK_SUM(long long);
        CHECK_SUM(unsigned long long);
        CHECK_SUM(int64_t);
        CHECK_SUM(size_t);
        CHECK_SUM(float);
        CHECK_SUM(double);
    }
}

static void an_array_of_texts_may_go_when_the_call_is_over(void)
{
    char text[] = "ada";
    const char *words[] = {text, "grace"};
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *busy = cf_submit(pool, enter, 0);
        cf_map_iter *map = cf_map(pool, itself, words, 2);
        text[0] = '?';
        words[1] = NULL;
        gate_open(&gate);
        (void)cf_result(busy);
        cf_value word;
        CU_ASSERT_TRUE(cf_next(map, &word));
        CU_ASSERT_STRING_EQUAL(cf_as_str(word), "ada");
        CU_ASSERT_TRUE(cf_next(map, &word));
        CU_ASSERT_STRING_EQUAL(cf_as_str(word), "grace");
        CU_ASSERT_FALSE(cf_next(map, &word));
        CU_ASSERT_STRING_EQUAL(cf_kind_name(word), "nothing");
        cf_map_close(map);
    }
}

static void an_array_of_values_is_given_away(void)
{
    cf_value values[] = {cf_format("%d", 1), cf_none(), cf_double(0.5)};
    const char *kinds[] = {"text", "nothing", "double"};
    int i = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_for (item, cf_map(pool, itself, values, 3)) {
            CU_ASSERT_STRING_EQUAL(cf_kind_name(item), kinds[i]);
            i++;
        }
    }
    CU_ASSERT_EQUAL(i, 3);
}

static void without_items_there_is_no_result(void)
{
    const int items[] = {1};
    int *none = NULL;
    cf_with (pool, cf_thread_pool()) {
        cf_for (item, cf_map(pool, itself, items, 0)) {
            CU_FAIL("there is no item");
            (void)item;
        }
        cf_map_iter *map = cf_map(pool, itself, none, 0, .chunk = 3);
        cf_value item;
        CU_ASSERT_FALSE(cf_next(map, &item));
        CU_ASSERT_FALSE(cf_next(map, &item));
        CU_ASSERT_PTR_NULL(cf_map_error(map));
        cf_map_close(map);
    }
    CU_ASSERT_EQUAL(threads_created(), 0);
}

// ----- items from a function -----

struct pairs {
    const int *a, *b;
    size_t a_left, b_left;
};

static bool next_pair(void *state, cf_value *item)
{
    struct pairs *pairs = state;
    if (pairs->a_left == 0 || pairs->b_left == 0) {
        return false;
    }
    const int pair[2] = {*pairs->a++, *pairs->b++};
    pairs->a_left--;
    pairs->b_left--;
    *item = cf_copy(cf_struct(pair));
    return true;
}

struct two {
    int number[2];
};

static cf_value sum(cf_value pair)
{
    const struct two two = cf_as_struct(pair, struct two);
    return cf_int(two.number[0] + two.number[1]);
}

static void several_arrays_end_with_the_shortest(void)
{
    const int a[] = {1, 2, 3};
    const int b[] = {10, 20};
    struct pairs pairs = {a, b, 3, 2};
    int64_t total = 0;
    int results = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_for (item, cf_map_from(pool, sum, next_pair, &pairs)) {
            total += cf_as_int(item);
            results++;
        }
    }
    CU_ASSERT_EQUAL(total, 33);
    CU_ASSERT_EQUAL(results, 2);
}

struct counter {
    int next;
    int end;
    int calls_after_the_end;
};

static bool count_up(void *state, cf_value *item)
{
    struct counter *counter = state;
    if (counter->next == counter->end) {
        counter->calls_after_the_end++;
        return false;
    }
    *item = cf_int(counter->next++);
    return true;
}

static void a_function_that_has_no_more_is_not_called_again(void)
{
    struct counter counter = {.end = 5};
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_map_iter *map = cf_map_from(pool, itself, count_up, &counter,
                                       .chunk = 2, .ahead = 4);
        cf_value item;
        for (int i = 0; i < 5; i++) {
            CU_ASSERT_TRUE(cf_next(map, &item));
            CU_ASSERT_EQUAL(cf_as_int(item), i);
        }
        CU_ASSERT_FALSE(cf_next(map, &item));
        CU_ASSERT_FALSE(cf_next(map, &item));
        cf_map_close(map);
    }
    CU_ASSERT_EQUAL(counter.calls_after_the_end, 1);
}

static cf_value code_as_value(cf_value error)
{
    return cf_int(cf_as_error(error)->code);
}

static bool an_error_once(void *state, cf_value *item)
{
    int *calls = state;
    if ((*calls)++ > 0) {
        return false;
    }
    *item = cf_fail(EIO, "the line is dead");
    return true;
}

static void an_error_as_an_item_arrives_at_the_task(void)
{
    int calls = 0;
    cf_with (pool, cf_thread_pool()) {
        cf_for (code, cf_map_from(pool, code_as_value, an_error_once, &calls)) {
            CU_ASSERT_EQUAL(cf_as_int(code), EIO);
        }
    }
    CU_ASSERT_EQUAL(calls, 2);
}

// ----- contexts -----

static void every_task_gets_the_context(void)
{
    const int items[] = {1, 2, 3};
    struct counter counter = {.end = 2};
    int64_t total = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_for (item, cf_map_with(pool, add, 10, items, 3)) {
            total += cf_as_int(item);
        }
        cf_for (item,
                cf_map_from_with(pool, add, cf_int(100), count_up, &counter)) {
            total += cf_as_int(item);
        }
    }
    CU_ASSERT_EQUAL(total, 36 + 201);
}

static cf_value address_of_context(cf_value context, cf_value item)
{
    (void)item;
    return cf_ptr(cf_as_str(context));
}

static void a_context_is_copied_once_for_all_tasks(void)
{
    const int items[] = {1, 2, 3};
    const void *first = NULL;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_for (address,
                cf_map_with(pool, address_of_context, "shared", items, 3)) {
            first = first == NULL ? cf_as_ptr(address) : first;
            CU_ASSERT_PTR_EQUAL(cf_as_ptr(address), first);
            CU_ASSERT_STRING_EQUAL((const char *)first, "shared");
        }
    }
}

// ----- errors -----

static cf_value divide_12(cf_value divisor)
{
    if (cf_as_int(divisor) == 0) {
        return cf_fail(EDOM, "12 / 0");
    }
    return cf_int(12 / cf_as_int(divisor));
}

static void an_error_has_its_own_place_and_the_others_go_on(void)
{
    const int divisors[] = {1, 0, 3, 0, 4};
    for (size_t chunk = 1; chunk <= 5; chunk++) {
        int64_t quotients = 0;
        int i = 0;
        cf_with (pool, cf_thread_pool(.max_workers = 2)) {
            cf_map_iter *map =
                cf_map(pool, divide_12, divisors, 5, .chunk = chunk);
            cf_for (item, map) {
                CU_ASSERT_EQUAL(cf_failed(item), divisors[i] == 0);
                quotients += cf_failed(item) ? 0 : cf_as_int(item);
                CU_ASSERT_PTR_NULL(cf_map_error(map));
                i++;
            }
        }
        CU_ASSERT_EQUAL(i, 5);
        CU_ASSERT_EQUAL(quotients, 12 + 4 + 3);
    }
}

static void an_error_says_where_the_map_was(void)
{
    const int zero[] = {0};
    cf_with (pool, cf_thread_pool()) {
        cf_for (item, cf_map(pool, divide_12, zero, 1)) {
            const cf_error *error = cf_as_error(item);
            CU_ASSERT_PTR_NOT_NULL_FATAL(error);
            CU_ASSERT_EQUAL(error->code, EDOM);
            CU_ASSERT_STRING_EQUAL(error->function, "divide_12");
        }
    }
}

static void use_a_failed_item(void)
{
    const int zero[] = {0};
    cf_with (pool, cf_thread_pool()) {
        cf_for (item, cf_map(pool, divide_12, zero, 1)) {
            (void)cf_as_int(item);
        }
    }
}

static void an_unseen_error_stops_the_program_and_names_the_task(void)
{
    CHECK_STOPS(use_a_failed_item, "12 / 0");
    CHECK_STOPS(use_a_failed_item, "in the task divide_12, submitted at");
}

// ----- chunks -----

static void tasks_of_a_map(size_t chunk, size_t expected)
{
    int items[100];
    memset(items, 0, sizeof items);
    struct cf_test_snapshot now;
    cf_test_begin(NULL, NULL);
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        int results = 0;
        cf_for (item, cf_map(pool, itself, items, 100, .chunk = chunk)) {
            CU_ASSERT_EQUAL(cf_as_int(item), 0);
            results++;
        }
        CU_ASSERT_EQUAL(results, 100);
        cf_test_snapshot(&now);
        CU_ASSERT_EQUAL(now.submitted, expected);
        CU_ASSERT_EQUAL(now.polls, 0);
    }
    cf_test_end();
}

static void a_chunk_is_one_task_for_the_pool(void)
{
    tasks_of_a_map(0, 100);
    tasks_of_a_map(1, 100);
    tasks_of_a_map(10, 10);
    tasks_of_a_map(7, 15);
    tasks_of_a_map(100, 1);
    tasks_of_a_map(1000, 1);
    tasks_of_a_map(SIZE_MAX, 1);
}

static void each_item_of_a_chunk_has_a_result_of_its_own(void)
{
    const char *words[] = {"ada", "grace", "barbara", "frances", "jean"};
    int i = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_for (item, cf_map(pool, itself, words, 5, .chunk = 3)) {
            CU_ASSERT_STRING_EQUAL(cf_as_str(item), words[i]);
            i++;
        }
    }
    CU_ASSERT_EQUAL(i, 5);
}

// What is loose after the item is over must be gone before the next begins.
static cf_value look_at_the_blocks(cf_value item)
{
    (void)cf_format("%s", "dropped by the task");
    (void)item;
    return cf_int((int64_t)blocks_in_use());
}

static void what_a_task_drops_is_freed_after_its_item(void)
{
    const int items[] = {1, 2, 3, 4};
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        int64_t first = 0;
        cf_for (blocks,
                cf_map(pool, look_at_the_blocks, items, 4, .chunk = 4)) {
            first = first == 0 ? cf_as_int(blocks) : first;
            CU_ASSERT_EQUAL(cf_as_int(blocks), first);
        }
    }
}

// ----- seen by the test hooks -----

// Opens the gate as soon as somebody is blocked.
static void open_for_the_blocked(void *context)
{
    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    if (now.callers_blocked == 1) {
        *(atomic_bool *)context = true;
        gate_open(&gate);
    }
}

static void whoever_waits_for_the_next_result_is_blocked(void)
{
    const int items[] = {1};
    atomic_bool was_blocked = false;
    cf_test_begin(open_for_the_blocked, &was_blocked);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_for (item, cf_map(pool, enter, items, 1)) {
            CU_ASSERT_EQUAL(cf_as_int(item), 1);
        }
        CU_ASSERT_TRUE(was_blocked);
        struct cf_test_snapshot now;
        cf_test_snapshot(&now);
        CU_ASSERT_EQUAL(now.callers_blocked, 0);
        CU_ASSERT_EQUAL(now.polls, 0);
    }
    cf_test_end();
}

// ----- inside a task -----

static cf_value sum_of_a_map(cf_value pool)
{
    const int items[] = {1, 2, 3};
    int64_t total = 0;
    cf_for (item, cf_map((cf_executor *)cf_as_ptr(pool), itself, items, 3)) {
        total += cf_as_int(item);
    }
    return cf_int(total);
}

static void a_task_maps_on_its_own_pool_of_one_worker(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *total = cf_submit(pool, sum_of_a_map, cf_ptr(pool));
        CU_ASSERT_EQUAL(cf_as_int(cf_result(total)), 6);
    }
}

// ----- wrong use -----

static cf_executor *no_pool;
static cf_task no_task;

static void map_on_no_pool(void)
{
    const int items[] = {1};
    cf_map_close(cf_map(no_pool, itself, items, 1));
}

static void map_no_task(void)
{
    const int items[] = {1};
    cf_map_close(cf_map(cf_thread_pool(), no_task, items, 1));
}

static void map_no_array(void)
{
    const int *items = NULL;
    cf_map_close(cf_map(cf_thread_pool(), itself, items, 1));
}

static void map_from_no_function(void)
{
    cf_map_close(cf_map_from(cf_thread_pool(), itself, NULL, NULL));
}

static void next_of_no_map(void)
{
    cf_value item;
    (void)cf_next(NULL, &item);
}

static void next_into_nothing(void)
{
    const int items[] = {1};
    (void)cf_next(cf_map(cf_thread_pool(), itself, items, 1), NULL);
}

static void error_of_no_map(void)
{
    (void)cf_map_error(NULL);
}

static void wrong_use_stops_the_program_and_is_named(void)
{
    CHECK_STOPS(map_on_no_pool, "cf_map: the pool is NULL for the task itself");
    CHECK_STOPS(map_no_task, "cf_map: the task is NULL: no_task");
    CHECK_STOPS(map_no_array, "cf_map: 1 items at NULL for the task itself");
    CHECK_STOPS(map_from_no_function, "cf_map_from: the function that gives");
    CHECK_STOPS(next_of_no_map, "cf_next: the map is NULL");
    CHECK_STOPS(next_into_nothing, "cf_next: the value is NULL");
    CHECK_STOPS(error_of_no_map, "cf_map_error: the map is NULL");
    cf_map_close(NULL);  // is allowed
}

static CU_TestInfo results_tests[] = {
    TEST(results_come_in_the_order_of_the_items),
    TEST(items_are_submitted_before_the_first_result_is_asked_for),
    TEST(every_task_gets_the_context),
    TEST(a_context_is_copied_once_for_all_tasks),
    TEST(an_error_has_its_own_place_and_the_others_go_on),
    TEST(an_error_says_where_the_map_was),
    TEST(an_unseen_error_stops_the_program_and_names_the_task),
    TEST(whoever_waits_for_the_next_result_is_blocked),
    TEST(a_task_maps_on_its_own_pool_of_one_worker),
    TEST(wrong_use_stops_the_program_and_is_named),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo items_tests[] = {
    TEST(an_array_may_be_of_any_number),
    TEST(an_array_of_texts_may_go_when_the_call_is_over),
    TEST(an_array_of_values_is_given_away),
    TEST(without_items_there_is_no_result),
    TEST(several_arrays_end_with_the_shortest),
    TEST(a_function_that_has_no_more_is_not_called_again),
    TEST(an_error_as_an_item_arrives_at_the_task),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo chunks_tests[] = {
    TEST(a_chunk_is_one_task_for_the_pool),
    TEST(each_item_of_a_chunk_has_a_result_of_its_own),
    TEST(what_a_task_drops_is_freed_after_its_item),
    CU_TEST_INFO_NULL,
};

// clang-format off
CU_SuiteInfo suites[] = {
    {"map: results", NULL, NULL, set_up, support_tear_down, results_tests},
    {"map: items", NULL, NULL, set_up, support_tear_down, items_tests},
    {"map: chunks", NULL, NULL, set_up, support_tear_down, chunks_tests},
    CU_SUITE_INFO_NULL,
};
// clang-format on
