// Tests of 09_pitfalls/unhandled_error. They bring the ovens, the dishes and
// the guests.
//
// Whatever has an S in its name burns. The ovens are counted under a lock, so
// the last one that is not given back leaves the next dish waiting for ever,
// which is seen as a deadlock.

#include "unhandled_error.h"

#include "wb_test.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pthread_mutex_t kitchen = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t oven_is_free = PTHREAD_COND_INITIALIZER;
// kitchen guards:
static int ovens_free;
static int ovens_taken;
static int dishes_in_ovens;
static int dishes_without_oven;
static int given_back_too_often;

// Set by the test's thread before any other one starts, then read only.
static int ovens;
static double seconds_to_bake;

// The test's thread alone:
static pthread_t caller;
static int said_elsewhere;
static char heard[1024];  // all that was served or said, a line each

// ----- what unhandled_error.h promises to bring -----

static void must(int error, const char *call)
{
    if (error != 0) {
        fprintf(stderr, "test_unhandled_error: %s: %s\n", call,
                strerror(error));
        abort();
    }
}

void take_oven(void)
{
    must(pthread_mutex_lock(&kitchen), "pthread_mutex_lock");
    while (ovens_free == 0) {
        must(pthread_cond_wait(&oven_is_free, &kitchen), "pthread_cond_wait");
    }
    ovens_free--;
    ovens_taken++;
    must(pthread_mutex_unlock(&kitchen), "pthread_mutex_unlock");
}

void give_oven_back(void)
{
    must(pthread_mutex_lock(&kitchen), "pthread_mutex_lock");
    if (ovens_taken == 0) {
        given_back_too_often++;
    } else {
        ovens_taken--;
        ovens_free++;
        must(pthread_cond_signal(&oven_is_free), "pthread_cond_signal");
    }
    must(pthread_mutex_unlock(&kitchen), "pthread_mutex_unlock");
}

static void put_in_or_take_out(int dishes)
{
    must(pthread_mutex_lock(&kitchen), "pthread_mutex_lock");
    dishes_in_ovens += dishes;
    if (dishes_in_ovens > ovens_taken) {
        dishes_without_oven++;
    }
    must(pthread_mutex_unlock(&kitchen), "pthread_mutex_unlock");
}

cf_value bake(cf_value dish)
{
    const char *name = cf_as_str(dish);
    put_in_or_take_out(+1);
    wb_work(seconds_to_bake, "baking %s", name);
    put_in_or_take_out(-1);
    if (strchr(name, 'S') != NULL) {
        return cf_fail(EIO, "burnt: %s", name);
    }
    return cf_format("%s, hot", name);
}

static void hear(const char *how, const char *text)
{
    if (!pthread_equal(pthread_self(), caller)) {
        said_elsewhere++;
        return;
    }
    const size_t used = strlen(heard);
    snprintf(heard + used, sizeof heard - used, "  %s: %.60s\n", how, text);
}

void serve(const char *plate)
{
    hear("serve", plate);
}

void apologise(const char *message)
{
    hear("apologise", message);
}

// ----- what the tests share -----

static int bake_these(int number_of_ovens, const char *const dishes[],
                      int count)
{
    ovens = ovens_free = number_of_ovens;
    caller = pthread_self();
    return bake_all(dishes, count);
}

static void check_heard(const char *expected, int served, int expected_served)
{
    WB_CHECK(said_elsewhere == 0,
             "%d times serve or apologise was called by another thread than "
             "the one that called bake_all",
             said_elsewhere);
    WB_CHECK(strcmp(heard, expected) == 0,
             "bake_all did this:\n%sexpected was this:\n%s",
             heard[0] == '\0' ? "  nothing\n" : heard,
             expected[0] == '\0' ? "  nothing" : expected);
    WB_CHECK(served == expected_served,
             "bake_all returned %d; %d was expected, as many as were served",
             served, expected_served);
}

static void check_ovens(void)
{
    WB_CHECK(ovens_free == ovens,
             "When all tasks were over, %d of %d ovens were still taken; all "
             "were expected to be free, whatever burnt",
             ovens - ovens_free, ovens);
}

static void bake_on_their_own(int number_of_ovens, const char *one,
                              const char *other)
{
    ovens = ovens_free = number_of_ovens;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_submit(pool, bake_one, one);
        cf_submit(pool, bake_one, other);
    }
}

// ----- the tests -----

static void a_task_returns_what_bake_returned(void)
{
    ovens = ovens_free = 1;
    cf_value result;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        result = cf_copy(cf_result(cf_submit(pool, bake_one, "toaSt")));
    }
    const cf_error *error = cf_as_error(result);
    const bool is_unchanged = error != NULL && error->code == EIO &&
                              strcmp(error->message, "burnt: toaSt") == 0;
    cf_free(result);
    WB_CHECK(is_unchanged,
             "bake returned the error EIO with the message \"burnt: toaSt\"; "
             "bake_one was expected to return it unchanged");
}

static void plates_and_errors_are_told_in_the_order_of_the_dishes(void)
{
    const char *const dishes[] = {"bread", "toaSt", "cake", "Soup", "pie"};
    const int served = bake_these(5, dishes, 5);
    check_heard("  serve: bread, hot\n"
                "  apologise: burnt: toaSt\n"
                "  serve: cake, hot\n"
                "  apologise: burnt: Soup\n"
                "  serve: pie, hot\n",
                served, 3);
}

static void when_all_burn_each_is_told(void)
{
    const char *const dishes[] = {"Soup", "toaSt", "roaSt"};
    const int served = bake_these(3, dishes, 3);
    check_heard("  apologise: burnt: Soup\n"
                "  apologise: burnt: toaSt\n"
                "  apologise: burnt: roaSt\n",
                served, 0);
}

static void without_dishes_nothing_is_said(void)
{
    const char *const dishes[] = {"bread"};
    const int served = bake_these(1, dishes, 0);
    check_heard("", served, 0);
}

static void the_pool_is_closed_though_something_burnt(void)
{
    const char *const dishes[] = {"toaSt", "bread"};
    bake_these(2, dishes, 2);
    WB_ALL_POOLS_CLOSED();
}

static void an_oven_is_taken_first_and_given_back_once(void)
{
    bake_on_their_own(1, "bread", "toaSt");
    WB_CHECK(dishes_without_oven == 0,
             "%d times there were more dishes baking than ovens taken: bake "
             "was called without take_oven, or after give_oven_back",
             dishes_without_oven);
    WB_CHECK(given_back_too_often == 0,
             "give_oven_back was called %d times while no oven was taken; "
             "once was expected for each take_oven",
             given_back_too_often);
}

// The only oven: if what burns first keeps it, the other one waits for ever.
// Whatever bake_all does with their results, bake_one is on its own here.
static void what_burns_leaves_its_oven_to_the_next(void)
{
    bake_on_their_own(1, "toaSt", "bread");
    check_ovens();
}

static void in_the_end_all_ovens_are_free(void)
{
    bake_on_their_own(2, "bread", "toaSt");
    check_ovens();
}

// Four dishes of a second each in two ovens.
static void two_ovens_bake_at_the_same_time(void)
{
    seconds_to_bake = 1.0;
    const char *const dishes[] = {"bread", "toaSt", "cake", "pie"};
    WB_EQUAL_INT(bake_these(2, dishes, 4), 3);
}

// For the explorer: either may get the oven first.
static void two_dishes_take_the_only_oven_in_any_order(void)
{
    const char *const dishes[] = {"bread", "toaSt"};
    const int served = bake_these(1, dishes, 2);
    check_heard("  serve: bread, hot\n"
                "  apologise: burnt: toaSt\n",
                served, 1);
    check_ovens();
}

static void two_plates_are_counted_in_any_order(void)
{
    const char *const dishes[] = {"bread", "cake"};
    const int served = bake_these(2, dishes, 2);
    check_heard("  serve: bread, hot\n"
                "  serve: cake, hot\n",
                served, 2);
}

static CU_TestInfo bake_all_tests[] = {
    {"a_task_returns_what_bake_returned", a_task_returns_what_bake_returned},
    {"plates_and_errors_are_told_in_the_order_of_the_dishes",
     plates_and_errors_are_told_in_the_order_of_the_dishes},
    {"when_all_burn_each_is_told", when_all_burn_each_is_told},
    {"without_dishes_nothing_is_said", without_dishes_nothing_is_said},
    {"the_pool_is_closed_though_something_burnt",
     the_pool_is_closed_though_something_burnt},
    {"an_oven_is_taken_first_and_given_back_once",
     an_oven_is_taken_first_and_given_back_once},
    {"what_burns_leaves_its_oven_to_the_next",
     what_burns_leaves_its_oven_to_the_next},
    {"in_the_end_all_ovens_are_free", in_the_end_all_ovens_are_free},
    {"two_ovens_bake_at_the_same_time", two_ovens_bake_at_the_same_time},
    {"two_dishes_take_the_only_oven_in_any_order",
     two_dishes_take_the_only_oven_in_any_order},
    {"two_plates_are_counted_in_any_order",
     two_plates_are_counted_in_any_order},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"bake_all", NULL, NULL, NULL, NULL, bake_all_tests},
    CU_SUITE_INFO_NULL,
};
