// Tests of 00_kitchen/two_cooks. They bring the slow work, with two gates in
// it. A gate keeps whoever enters inside until as many as needed are inside at
// once, or until that cannot happen any more. On the virtual clock, each dish
// takes a second.
//
// Does cook_both wait for its cooks? To see it, a cook stays in the oven until
// one more comes: the test itself, which can come only after cook_both has
// returned. If it gets in, then cook_both left somebody behind.

#include "two_cooks.h"

#include "wb_test.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

static const char *const menu[2] = {"soup", "lasagne"};
static const char *const evening[2] = {"bread and cheese", "tea"};

static struct wb_gate door;      // all cooks come in here first
static struct wb_gate oven;      // then to the oven, if the dish is slow
static struct wb_gate for_good;  // nothing may be touched after a failure
static const char *slow_dish;    // NULL: both are
static atomic_int slow_dishes_left;
static bool test_comes_too;  // to the oven
static pthread_t caller;     // of cook_both
static atomic_bool caller_cooked;
static atomic_bool dish_was_unknown;
static _Atomic(const void *) prepared_wrongly;  // where prepare was called

// ----- what two_cooks.h promises to bring -----

static bool is_known(const char *dish)
{
    return dish == menu[0] || dish == menu[1] || dish == evening[0] ||
           dish == evening[1];
}

int prepare(const char *dish)
{
    const bool on_callers_thread = pthread_equal(pthread_self(), caller);
    if (on_callers_thread) {
        caller_cooked = true;
        prepared_wrongly = WB_CALLER;
    }
    if (!is_known(dish)) {
        dish_was_unknown = true;
        prepared_wrongly = WB_CALLER;
        return 0;
    }
    wb_gate_enter(&door);
    wb_work(1.0, "preparing %s", dish);
    const bool is_slow = slow_dish == NULL || dish == slow_dish;
    if (is_slow && slow_dishes_left-- > 0) {
        const bool opened = wb_gate_enter(&oven);
        if (opened && test_comes_too && !on_callers_thread) {
            wb_gate_enter(&for_good);
        }
    }
    return (int)strlen(dish);
}

// ----- helpers -----

// Calls cook_both far down the stack. If it forgets its cooks and they still
// use its variables, these are not overwritten at once, and the test can say
// what went wrong instead of crashing. Inlined, it would not be far down.
__attribute__((noinline)) static int cook_far_down(const char *const dishes[2],
                                                   int portions[2])
{
    volatile char room[1 << 16] = {0};
    const int error = cook_both(dishes, portions);
    (void)room[0];  // in use to the end, so it is really there
    return error;
}

static void check_that_dishes_were_known(void)
{
    WB_CHECK(!dish_was_unknown,
             "prepare was called with something that is neither dishes[0] nor "
             "dishes[1]%s: does what a cook was given still hold its dish when "
             "the cook looks?",
             wb_at(prepared_wrongly));
}

// Calls cook_both for the menu; the gates open for this many.
static int cook_menu(size_t at_door, size_t at_oven, int portions[2])
{
    wb_gate_init(&door, at_door);
    wb_gate_init(&oven, at_oven);
    wb_gate_init(&for_good, INT_MAX);
    slow_dishes_left = test_comes_too ? (int)at_oven - 1 : (int)at_oven;
    caller = pthread_self();
    const int error = cook_far_down(menu, portions);
    check_that_dishes_were_known();
    return error;
}

// The same for `cooks`, of whom `slow` stay in the oven until the test comes.
static int cook_menu_and_look(size_t cooks, size_t slow, int portions[2])
{
    const bool is_alone = cooks == 1;
    test_comes_too = true;
    const int error = cook_menu(cooks, slow + 1, portions);
    const bool somebody_was_there = wb_gate_enter(&oven);
    WB_CHECK(!somebody_was_there,
             "%scook_both returned while a cook was still preparing a dish; "
             "it was expected to wait (pthread_join) for each thread that it "
             "started",
             is_alone ? "the second thread could not be started, and " : "");
    check_that_dishes_were_known();  // to a cook left behind, too
    return error;
}

static void check_portions(const char *const dishes[2], const int portions[2])
{
    for (int i = 0; i < 2; i++) {
        const int expected = (int)strlen(dishes[i]);
        const bool is_of_the_other = portions[i] == (int)strlen(dishes[1 - i]);
        WB_CHECK(portions[i] == expected,
                 "dishes[%d] was \"%s\": prepare returns %d for it, but "
                 "portions[%d] was %d%s",
                 i, dishes[i], expected, i, portions[i],
                 is_of_the_other ? ", as for the other dish: do both cooks "
                                   "use the same variable?"
                                 : "");
    }
}

// ----- both dishes, nobody left behind -----

static void cook_both_waits_for_the_first_cook(void)
{
    int portions[2];
    slow_dish = menu[0];
    cook_menu_and_look(2, 1, portions);
}

static void cook_both_waits_for_the_second_cook(void)
{
    int portions[2];
    slow_dish = menu[1];
    cook_menu_and_look(2, 1, portions);
}

static void each_dish_gets_its_own_result(void)
{
    int portions[2] = {-1, -1};
    const int error = cook_menu_and_look(2, 2, portions);
    check_portions(menu, portions);
    WB_CHECK(error == 0, "all went well, but cook_both returned %d, not 0",
             error);
}

static void other_dishes_get_other_results(void)
{
    int noon[2] = {-1, -1};
    int night[2] = {-1, -1};
    cook_menu(1, 1, noon);
    cook_both(evening, night);
    check_portions(evening, night);
    check_portions(menu, noon);
}

// ----- at the same time -----

static void two_dishes_take_as_long_as_one(void)
{
    int portions[2] = {-1, -1};
    cook_menu(1, 1, portions);
    check_portions(menu, portions);
}

static void each_cook_works_on_a_thread_of_its_own(void)
{
    int portions[2];
    cook_menu(1, 1, portions);
    WB_CHECK(!caller_cooked,
             "a dish was prepared on the thread that called cook_both%s; it "
             "was expected to start a thread (pthread_create) for each dish",
             wb_at(prepared_wrongly));
}

// ----- nobody to be hired -----

static void check_refusal(int error, const int portions[2])
{
    WB_CHECK(error == EAGAIN,
             "pthread_create returned %d (EAGAIN), but cook_both returned %d; "
             "it was expected to pass the error on",
             EAGAIN, error);
    WB_CHECK(portions[0] == -1 && portions[1] == -1,
             "a thread could not be started, but portions became {%d, %d}; it "
             "was expected to be left as it was, {-1, -1}",
             portions[0], portions[1]);
}

static void without_any_cook_the_error_is_returned(void)
{
    int portions[2] = {-1, -1};
    wb_allow_threads(0);
    check_refusal(cook_menu(1, 1, portions), portions);
}

static void a_cook_who_was_hired_alone_is_waited_for(void)
{
    int portions[2] = {-1, -1};
    wb_allow_threads(1);
    check_refusal(cook_menu_and_look(1, 1, portions), portions);
}

static CU_TestInfo two_cooks_tests[] = {
    {"cook_both_waits_for_the_first_cook", cook_both_waits_for_the_first_cook},
    {"cook_both_waits_for_the_second_cook",
     cook_both_waits_for_the_second_cook},
    {"each_dish_gets_its_own_result", each_dish_gets_its_own_result},
    {"other_dishes_get_other_results", other_dishes_get_other_results},
    {"two_dishes_take_as_long_as_one", two_dishes_take_as_long_as_one},
    {"each_cook_works_on_a_thread_of_its_own",
     each_cook_works_on_a_thread_of_its_own},
    {"without_any_cook_the_error_is_returned",
     without_any_cook_the_error_is_returned},
    {"a_cook_who_was_hired_alone_is_waited_for",
     a_cook_who_was_hired_alone_is_waited_for},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"two_cooks", NULL, NULL, NULL, NULL, two_cooks_tests},
    CU_SUITE_INFO_NULL,
};
