// Tests of 00_kitchen/shared_tally. They bring the dishes and the tills.
//
// Two cooks at one till are tried in many orders of their steps: what is in a
// till is a plain int, so that whoever touches it without the lock is seen, and
// a lost price shows in the sum. On the virtual clock, cooking or reading a till
// takes a second, as the test says.

#include "shared_tally.h"

#include "wb_test.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { TILLS = 2, SOUP = 5, STEW = 7 };

static struct till tills[TILLS];
static int amounts[TILLS];
static double seconds_to_cook;
static double seconds_to_read;
static atomic_int dishes_cooked;

// ----- what shared_tally.h promises to bring -----

int cook(const char *dish)
{
    dishes_cooked++;
    wb_work(seconds_to_cook, "cooking %s", dish);
    return strcmp(dish, "soup") == 0 ? SOUP : STEW;
}

int till_read(const struct till *till)
{
    wb_work(seconds_to_read, "reading till %d", till->number);
    return amounts[till->number];
}

void till_write(struct till *till, int amount)
{
    wb_work(0.0, "writing till %d", till->number);
    amounts[till->number] = amount;
}

// ----- helpers -----

static void must(int error, const char *call)
{
    if (error != 0) {
        fprintf(stderr, "test_shared_tally: %s: %s\n", call, strerror(error));
        abort();
    }
}

static void open_for_business(int amount)
{
    for (int i = 0; i < TILLS; i++) {
        tills[i].number = i;
        must(pthread_mutex_init(&tills[i].lock, NULL), "pthread_mutex_init");
        amounts[i] = amount;
    }
}

// Somebody who serves one dish, on a thread of their own.
struct visit {
    struct till *till;
    const char *dish;
    bool served;
    pthread_t thread;
};

static void *serve_one(void *arg)
{
    struct visit *visit = arg;
    visit->served = serve(visit->till, visit->dish);
    return NULL;
}

static void start(struct visit *visit)
{
    must(pthread_create(&visit->thread, NULL, serve_one, visit),
         "pthread_create");
}

static void finish(const struct visit *visit)
{
    must(pthread_join(visit->thread, NULL), "pthread_join");
}

// Serves soup at one till and stew at another (or the same) at once. Returns
// how many were served.
static int serve_two(struct till *soup_till, struct till *stew_till)
{
    struct visit ada = {.till = soup_till, .dish = "soup"};
    struct visit ben = {.till = stew_till, .dish = "stew"};
    start(&ada);
    start(&ben);
    finish(&ada);
    finish(&ben);
    return ada.served + ben.served;
}

// ----- one cook -----

static void check_one_soup(int before, bool expected, int after)
{
    open_for_business(before);
    const bool served = serve(&tills[0], "soup");
    WB_CHECK(served == expected,
             "the till held %d of %d, and a soup for %d was served: serve was "
             "expected to return %s, but returned %s",
             before, TILL_HOLDS, SOUP, expected ? "true" : "false",
             served ? "true" : "false");
    WB_CHECK(amounts[0] == after,
             "the till held %d of %d, and a soup for %d was served: %d were "
             "expected in the till then, but it held %d",
             before, TILL_HOLDS, SOUP, after, amounts[0]);
    WB_CHECK(dishes_cooked == 1,
             "one soup was served, but cook was called %d times",
             dishes_cooked);
}

static void the_price_goes_into_the_till(void)
{
    check_one_soup(20, true, 25);
}

static void a_till_may_become_exactly_full(void)
{
    check_one_soup(TILL_HOLDS - SOUP, true, TILL_HOLDS);
}

static void what_does_not_fit_is_refused(void)
{
    check_one_soup(TILL_HOLDS - SOUP + 1, false, TILL_HOLDS - SOUP + 1);
}

// ----- one cook after another -----

static void check_that_the_till_is_free_after(int before, const char *what)
{
    open_for_business(before);
    serve(&tills[0], "soup");
    const bool is_free = pthread_mutex_trylock(&tills[0].lock) == 0;
    WB_CHECK(is_free,
             "%s, and the next cook could not get to the till: when serve "
             "had returned, the lock was still held, so they would wait for "
             "ever",
             what);
    must(pthread_mutex_unlock(&tills[0].lock), "pthread_mutex_unlock");
}

static void after_a_payment_the_till_is_free(void)
{
    check_that_the_till_is_free_after(20, "a soup was paid for");
}

static void after_a_refusal_the_till_is_free(void)
{
    check_that_the_till_is_free_after(TILL_HOLDS, "a soup was refused");
}

// ----- two cooks at once -----

static void two_prices_are_two_prices(void)
{
    open_for_business(0);
    const int served = serve_two(&tills[0], &tills[0]);
    WB_CHECK(served == 2 && amounts[0] == SOUP + STEW,
             "two cooks put %d and %d into an empty till: %d were expected in "
             "it, but it held %d, and %d of 2 were served",
             SOUP, STEW, SOUP + STEW, amounts[0], served);
}

static void the_last_room_is_given_away_once(void)
{
    const int before = TILL_HOLDS - SOUP - STEW + 1;
    open_for_business(before);
    const int served = serve_two(&tills[0], &tills[0]);
    WB_CHECK(served == 1 && amounts[0] <= TILL_HOLDS,
             "the till held %d of %d, and two cooks came with %d and %d: one "
             "was expected to be refused, but %d were served, and the till "
             "held %d",
             before, TILL_HOLDS, SOUP, STEW, served, amounts[0]);
}

// ----- at the same time -----

static void cooks_cook_at_the_same_time(void)
{
    open_for_business(0);
    seconds_to_cook = 1.0;
    WB_EQUAL_INT(serve_two(&tills[0], &tills[0]), 2);
}

static void two_tills_are_used_at_the_same_time(void)
{
    open_for_business(0);
    seconds_to_read = 1.0;
    WB_EQUAL_INT(serve_two(&tills[0], &tills[1]), 2);
}

static CU_TestInfo shared_tally_tests[] = {
    {"the_price_goes_into_the_till", the_price_goes_into_the_till},
    {"a_till_may_become_exactly_full", a_till_may_become_exactly_full},
    {"what_does_not_fit_is_refused", what_does_not_fit_is_refused},
    {"after_a_payment_the_till_is_free", after_a_payment_the_till_is_free},
    {"after_a_refusal_the_till_is_free", after_a_refusal_the_till_is_free},
    {"two_prices_are_two_prices", two_prices_are_two_prices},
    {"the_last_room_is_given_away_once", the_last_room_is_given_away_once},
    {"cooks_cook_at_the_same_time", cooks_cook_at_the_same_time},
    {"two_tills_are_used_at_the_same_time",
     two_tills_are_used_at_the_same_time},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"shared_tally", NULL, NULL, NULL, NULL, shared_tally_tests},
    CU_SUITE_INFO_NULL,
};
