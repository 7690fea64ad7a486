// Tests of 09_pitfalls/nested_wait. They bring the shop and its shelves.
//
// Shelf 0 holds 1 article, shelf 1 holds 10, shelf 2 holds 100, and so on. So a
// sum shows what is in it: 11 is the department 0, and 1 is a part of it.

#include "nested_wait.h"

#include "wb_test.h"

#include <cfutures_testing.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DEPARTMENTS = 2, NO_SHELF = -1 };

static struct shop shop = {.lock = PTHREAD_MUTEX_INITIALIZER};
// Its lock guards these, too:
static bool was_whole = true;
static int articles_seen;
static int departments_seen;

// The test's thread alone.
static cf_value results[MOST_DEPARTMENTS];

// Set before the tasks start, then read only.
static int failing_shelf = NO_SHELF;
static double seconds_to_count;

// ----- what nested_wait.h promises to bring -----

static void must(int error, const char *call)
{
    if (error != 0) {
        fprintf(stderr, "test_nested_wait: %s: %s\n", call, strerror(error));
        abort();
    }
}

// Is it a sum of whole departments, and of as many as the shop says?
static bool is_whole(int articles, int departments)
{
    int seen = 0;
    for (; articles > 0; articles /= 100) {
        if (articles % 100 != 11 && articles % 100 != 0) {
            return false;
        }
        seen += articles % 100 == 11;
    }
    return seen == departments;
}

static void look_into_the_lists(void)
{
    must(pthread_mutex_lock(&shop.lock), "pthread_mutex_lock");
    if (!is_whole(shop.articles, shop.departments)) {
        was_whole = false;
        articles_seen = shop.articles;
        departments_seen = shop.departments;
    }
    must(pthread_mutex_unlock(&shop.lock), "pthread_mutex_unlock");
}

cf_value count_shelf(cf_value shelf)
{
    const int number = cf_as_struct(shelf, struct place).number;
    look_into_the_lists();
    wb_work(seconds_to_count, "counting shelf %d", number);
    if (number == failing_shelf) {
        return cf_fail(EIO, "shelf %d fell over", number);
    }
    int articles = 1;
    for (int i = 0; i < number; i++) {
        articles *= 10;
    }
    return cf_int(articles);
}

// ----- what the tests share -----

// Counts departments 0, 1, ... as tasks of one pool. The results are in
// results[] until forget_results.
static void count_departments(int departments, int workers)
{
    cf_with (pool, cf_thread_pool(.max_workers = workers)) {
        shop.pool = pool;
        cf_future *futures[MOST_DEPARTMENTS];
        for (int i = 0; i < departments; i++) {
            const struct place place = {&shop, i};
            futures[i] = cf_submit(pool, count_department, cf_struct(place));
        }
        for (int i = 0; i < departments; i++) {
            results[i] = cf_copy(cf_result(futures[i]));
        }
    }
}

static void forget_results(void)
{
    for (int i = 0; i < MOST_DEPARTMENTS; i++) {
        cf_free(results[i]);
    }
}

static void check_shop(int articles, int departments)
{
    WB_CHECK(shop.articles == articles && shop.departments == departments,
             "In the end the shop had %d articles in %d departments; %d in %d "
             "were expected",
             shop.articles, shop.departments, articles, departments);
    WB_CHECK(was_whole,
             "While a shelf was counted, it took the shop's lock, and saw %d "
             "articles, with %d departments counted. Whole departments have "
             "11 articles, or 1100, or 1111 together",
             articles_seen, departments_seen);
}

static void check_result(int department, int articles)
{
    const cf_error *error = cf_as_error(results[department]);
    WB_CHECK(error == NULL,
             "counting department %d returned an error, \"%s\"; %d articles "
             "were expected",
             department, error == NULL ? "" : error->message, articles);
    WB_EQUAL_INT(cf_as_int(results[department]), articles);
}

static void check_error(int department, const char *message)
{
    const cf_error *error = cf_as_error(results[department]);
    const bool is_it = error != NULL && strcmp(error->message, message) == 0;
    forget_results();
    WB_CHECK(is_it,
             "a shelf failed with \"%s\"; counting department %d was expected "
             "to return that error",
             message, department);
}

// ----- it comes to an end -----

static void one_worker_counts_a_department(void)
{
    count_departments(1, 1);
    check_result(0, 11);
}

static void one_worker_counts_two_departments(void)
{
    count_departments(2, 1);
    check_result(0, 11);
    check_result(1, 1100);
}

static void four_workers_count_two_departments(void)
{
    count_departments(2, 4);
    check_result(0, 11);
    check_result(1, 1100);
}

// ----- whole departments -----

static void others_see_whole_departments(void)
{
    count_departments(2, 1);
    check_shop(1111, 2);
}

static void a_failed_shelf_leaves_the_shop_as_it_was(void)
{
    failing_shelf = 1;
    count_departments(2, 1);
    check_error(0, "shelf 1 fell over");
    check_shop(1100, 1);
}

static void after_an_error_the_lock_is_free(void)
{
    failing_shelf = 2;
    count_departments(2, 1);
    check_error(1, "shelf 2 fell over");
    const bool is_free = pthread_mutex_trylock(&shop.lock) == 0;
    WB_CHECK(is_free, "a shelf failed, and when all tasks were over, the "
                      "shop's lock was still held");
    must(pthread_mutex_unlock(&shop.lock), "pthread_mutex_unlock");
}

// ----- at the same time -----

static void each_shelf_is_a_task_of_the_shops_pool(void)
{
    count_departments(1, 1);
    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    WB_CHECK(now.executors_opened == 1,
             "Your code opened %zu pools besides the shop's; none was expected",
             now.executors_opened - 1);
    WB_CHECK(now.submitted == 1 + SHELVES,
             "To count one department took %zu tasks; %d were expected, one "
             "for itself and one for each shelf",
             now.submitted, 1 + SHELVES);
}

static void shelves_are_counted_at_the_same_time(void)
{
    seconds_to_count = 1.0;
    count_departments(1, 2);
    WB_EQUAL_INT(shop.departments, 1);
}

static void departments_are_counted_at_the_same_time(void)
{
    seconds_to_count = 1.0;
    count_departments(2, 4);
    WB_EQUAL_INT(shop.departments, 2);
}

// ----- in any order -----

static void two_departments_add_up_in_any_order(void)
{
    count_departments(2, 2);
    check_shop(1111, 2);
}

static CU_TestInfo count_department_tests[] = {
    {"one_worker_counts_a_department", one_worker_counts_a_department},
    {"one_worker_counts_two_departments", one_worker_counts_two_departments},
    {"four_workers_count_two_departments", four_workers_count_two_departments},
    {"others_see_whole_departments", others_see_whole_departments},
    {"a_failed_shelf_leaves_the_shop_as_it_was",
     a_failed_shelf_leaves_the_shop_as_it_was},
    {"after_an_error_the_lock_is_free", after_an_error_the_lock_is_free},
    {"each_shelf_is_a_task_of_the_shops_pool",
     each_shelf_is_a_task_of_the_shops_pool},
    {"shelves_are_counted_at_the_same_time",
     shelves_are_counted_at_the_same_time},
    {"departments_are_counted_at_the_same_time",
     departments_are_counted_at_the_same_time},
    {"two_departments_add_up_in_any_order",
     two_departments_add_up_in_any_order},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"count_department", NULL, NULL, NULL, NULL, count_department_tests},
    CU_SUITE_INFO_NULL,
};
