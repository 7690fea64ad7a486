// Tests of 00_kitchen/shared_tally. They bring the slow work, and two gates in
// it: one at the oven, one at the till, between the reading and what follows.
// A gate keeps whoever enters inside until as many as needed are inside at
// once, or until that cannot happen any more, because the others are blocked
// by a lock. So it depends on the code alone, and not on luck, who meets whom.
// Whether the lock is held all the way from reading to writing is asked of the
// thread itself, since another may or may not come between.

#include "shared_tally.h"

#include "wb_test.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { TILLS = 2, SOUP = 5, STEW = 7 };

static struct wb_gate oven;
static struct wb_gate drawer;  // entered by who has just read the till
static struct till tills[TILLS];
static atomic_int amounts[TILLS];
static atomic_int dishes_cooked;

// How many have read and not yet written, for each till.
static atomic_int between[TILLS];
static atomic_bool two_were_between;
static atomic_bool lock_was_let_go;
static _Thread_local bool i_am_between;
static _Thread_local size_t unlocks_at_reading;

// ----- what shared_tally.h promises to bring -----

int cook(const char *dish)
{
    dishes_cooked++;
    wb_gate_enter(&oven);
    return strcmp(dish, "soup") == 0 ? SOUP : STEW;
}

int till_read(const struct till *till)
{
    if (!i_am_between) {
        i_am_between = true;
        if (++between[till->number] > 1) {
            two_were_between = true;
        }
    }
    unlocks_at_reading = wb_unlocks();
    const int amount = amounts[till->number];
    wb_gate_enter(&drawer);
    return amount;
}

void till_write(struct till *till, int amount)
{
    amounts[till->number] = amount;
    if (i_am_between) {
        i_am_between = false;
        between[till->number]--;
        if (wb_unlocks() != unlocks_at_reading) {
            lock_was_let_go = true;
        }
    }
}

// ----- helpers -----

static void must(int error, const char *call)
{
    if (error != 0) {
        fprintf(stderr, "test_shared_tally: %s: %s\n", call, strerror(error));
        abort();
    }
}

// Makes the two tills, with `amount` in each, and gates for this many.
static void open_for_business(int amount, size_t at_oven, size_t at_drawer)
{
    for (int i = 0; i < TILLS; i++) {
        tills[i].number = i;
        must(pthread_mutex_init(&tills[i].lock, NULL), "pthread_mutex_init");
        amounts[i] = amount;
    }
    wb_gate_init(&oven, at_oven);
    wb_gate_init(&drawer, at_drawer);
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
    open_for_business(before, 1, 1);
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

// Serves one soup, then sees whether the next cook can get to the same till:
// the test waits for them at the drawer.
static void check_that_the_next_can_come(int before, const char *what)
{
    open_for_business(before, 1, 1);
    serve(&tills[0], "soup");
    wb_gate_init(&drawer, 2);
    struct visit next = {.till = &tills[0], .dish = "stew"};
    start(&next);
    const bool came = wb_gate_enter(&drawer);
    WB_CHECK(came,
             "%s, and the next cook could not get to the till: when serve "
             "had returned, the lock was still held, so they would wait for "
             "ever",
             what);
    finish(&next);
}

static void after_a_payment_the_till_is_free(void)
{
    check_that_the_next_can_come(20, "a soup was paid for");
}

static void after_a_refusal_the_till_is_free(void)
{
    check_that_the_next_can_come(TILL_HOLDS, "a soup was refused");
}

// ----- two cooks at once -----

static void check_that_nobody_came_between(void)
{
    WB_CHECK(!lock_was_let_go,
             "between reading the till and writing it, a cook gave the lock "
             "back: there another cook may come between, and then one price "
             "is lost");
    WB_CHECK(!two_were_between,
             "one cook had read the till and not yet written, and another "
             "read it, too: both add to the same old amount, so one price is "
             "lost");
}

static void two_prices_are_two_prices(void)
{
    open_for_business(0, 1, 2);
    const int served = serve_two(&tills[0], &tills[0]);
    check_that_nobody_came_between();
    WB_CHECK(served == 2 && amounts[0] == SOUP + STEW,
             "two cooks put %d and %d into an empty till: %d were expected in "
             "it, but it held %d, and %d of 2 were served",
             SOUP, STEW, SOUP + STEW, amounts[0], served);
}

static void the_last_room_is_given_away_once(void)
{
    const int before = TILL_HOLDS - SOUP - STEW + 1;
    open_for_business(before, 1, 2);
    const int served = serve_two(&tills[0], &tills[0]);
    WB_CHECK(served == 1 && amounts[0] <= TILL_HOLDS,
             "the till held %d of %d, and two cooks came with %d and %d: one "
             "was expected to be refused, but %d were served, and the till "
             "held %d",
             before, TILL_HOLDS, SOUP, STEW, served, amounts[0]);
}

static void cooks_cook_at_the_same_time(void)
{
    open_for_business(0, 2, 1);
    serve_two(&tills[0], &tills[0]);
    WB_OPENED(&oven, "dishes");
}

static void two_tills_are_used_at_the_same_time(void)
{
    open_for_business(0, 1, 2);
    serve_two(&tills[0], &tills[1]);
    WB_OPENED(&drawer, "cooks, each at a till of their own,");
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
