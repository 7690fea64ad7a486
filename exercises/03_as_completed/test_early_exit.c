// Tests of 03_as_completed/early_exit. They bring the shops and the kitchen.
//
// How many shops are called after the good answer would be a matter of luck: a
// free line takes the next shop at once. So in that test all shops but one stay
// on the phone, at a gate for more callers than there are lines. It gives up
// when find_spice waits for them at the end of its block, and by then it has to
// have taken back the others.

#include "early_exit.h"

#include "wb_test.h"

#include <cfutures_testing.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

// ----- what early_exit.h promises to bring -----

struct shop {
    const char *name;
    bool has_it;
    double seconds;         // that the call takes on the virtual clock
    struct wb_gate *meets;  // where the call goes before it ends, or NULL
};

static const struct shop *town;
static size_t town_size;
static struct wb_gate phones;  // all calls at once
static struct wb_gate meeting;
static atomic_int asked;
static atomic_int asked_by_pool;
static int times_told;
static char told[64];
static const void *told_by;  // where tell was called last
static bool told_meets;      // tell goes to the meeting, too

static const struct shop *shop_named(const char *name)
{
    size_t i = 0;
    while (i + 1 < town_size && strcmp(town[i].name, name) != 0) {
        i++;
    }
    return &town[i];
}

cf_value ask(cf_value shop)
{
    const struct shop *called = shop_named(cf_as_str(shop));
    asked++;
    if (cf_test_in_task()) {
        asked_by_pool++;
    }
    wb_gate_enter(&phones);
    if (called->meets != NULL) {
        wb_gate_enter(called->meets);
    }
    wb_work(called->seconds, "calling %s", called->name);
    if (!called->has_it) {
        return cf_fail(ENOENT, "%s has none", called->name);
    }
    return cf_format("%s has it", called->name);
}

void tell(const char *answer)
{
    snprintf(told, sizeof told, "%.60s", answer);
    times_told++;
    told_by = WB_CALLER;
    if (told_meets) {
        wb_gate_enter(&meeting);
    }
}

// ----- the tests -----

// `together` is how many calls at once let each other go on.
static bool search(const struct shop *shops, size_t count, size_t together)
{
    const char *names[MOST_SHOPS];
    for (size_t i = 0; i < count; i++) {
        names[i] = shops[i].name;
    }
    town = shops;
    town_size = count;
    wb_gate_init(&phones, together);
    return find_spice(names, count);
}

static void check_told(bool is_found, const char *expected)
{
    WB_CHECK(times_told == 1,
             "The function tell was called %d times%s; once was expected, with "
             "the first good answer",
             times_told, wb_at(told_by));
    WB_CHECK(strcmp(told, expected) == 0,
             "You told the kitchen \"%s\"%s; \"%s\" was expected, the answer "
             "that the task returned",
             told, wb_at(told_by), expected);
    WB_CHECK(is_found, "There was a good answer, and find_spice returned "
                       "false; true was expected");
}

static void the_answer_of_the_only_shop_is_told(void)
{
    const struct shop shops[] = {{"Ada", .has_it = true}};
    const bool is_found = search(shops, 1, 1);

    check_told(is_found, "Ada has it");
    WB_CHECK(asked_by_pool == 1,
             "The pool ran ask %d times for one shop; once was expected",
             asked_by_pool);
}

static void a_shop_without_it_does_not_end_the_search(void)
{
    const struct shop shops[] = {{"Ben", .has_it = false},
                                 {"Cleo", .has_it = false},
                                 {"Dan", .has_it = false},
                                 {"Ada", .has_it = true}};
    check_told(search(shops, 4, 1), "Ada has it");
}

static void one_good_answer_is_told_even_if_all_have_it(void)
{
    const struct shop shops[] = {{"Ada", .has_it = true},
                                 {"Ben", .has_it = true},
                                 {"Cleo", .has_it = true}};
    const bool is_found = search(shops, 3, 1);

    WB_CHECK(times_told == 1 && is_found,
             "All shops had it; tell was called %d times%s and find_spice "
             "returned %s; once and true were expected",
             times_told, wb_at(told_by), is_found ? "true" : "false");
}

static void check_nothing_told(bool is_found)
{
    WB_CHECK(times_told == 0 && !is_found,
             "No shop had it; tell was called %d times%s and find_spice "
             "returned %s; no call and false were expected",
             times_told, wb_at(told_by), is_found ? "true" : "false");
}

static void without_a_good_answer_all_were_asked(void)
{
    const struct shop shops[] = {
        {.name = "Ben"}, {.name = "Cleo"}, {.name = "Dan"}};
    check_nothing_told(search(shops, 3, 1));
    WB_CHECK(asked_by_pool == 3,
             "No shop had it; the pool ran ask %d times, 3 times were expected "
             "for 3 shops",
             asked_by_pool);
}

static void without_shops_nothing_is_told(void)
{
    check_nothing_told(search(NULL, 0, 1));
}

static void never_more_calls_than_lines(void)
{
    const struct shop shops[] = {
        {.name = "Ben"}, {.name = "Cleo"}, {.name = "Dan"}, {.name = "Eve"}};
    search(shops, 4, LINES + 1);
    WB_NEVER_MORE_THAN(LINES, &phones, "calls");
}

static void all_calls_share_one_pool(void)
{
    const struct shop shops[] = {
        {.name = "Ben"}, {.name = "Cleo"}, {.name = "Dan"}};
    search(shops, 3, 1);

    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    WB_CHECK(now.executors_opened == 1,
             "Your code opened %zu pools for 3 calls; one was expected",
             now.executors_opened);
}

static void the_pool_is_closed_afterwards(void)
{
    const struct shop shops[] = {
        {.name = "Ben"}, {"Ada", .has_it = true}, {.name = "Cleo"}};
    search(shops, 3, 1);
    WB_ALL_POOLS_CLOSED();
}

// Ben stays on the phone until the answer is told, so nobody can wait for him
// first.
static void the_answer_is_told_while_another_call_goes_on(void)
{
    const struct shop shops[] = {
        {"Ben", .has_it = true, .meets = &meeting},
        {"Ada", .has_it = true},
    };
    wb_gate_init(&meeting, 2);
    told_meets = true;
    const bool is_found = search(shops, 2, 1);

    WB_CHECK(meeting.state == WB_GATE_OPENED,
             "Ada had the spice while Ben was still on the phone; you told the "
             "kitchen only after Ben's call was over%s. It was expected at "
             "once",
             wb_at(told_by));
    check_told(is_found, "Ada has it");
}

static void after_the_answer_no_more_shops_are_called(void)
{
    const struct shop shops[MOST_SHOPS] = {
        {"Ada", .has_it = true},     {"Ben", .meets = &meeting},
        {"Cleo", .meets = &meeting}, {"Dan", .meets = &meeting},
        {"Eve", .meets = &meeting},  {"Fay", .meets = &meeting},
    };
    wb_gate_init(&meeting, LINES + 1);
    search(shops, MOST_SHOPS, 1);

    WB_CHECK(asked <= LINES + 1,
             "Ada's was the first answer, and a good one, and yet %d shops "
             "were called, also after you told the kitchen%s. At most %d were "
             "expected: Ada's, the one on the other line, and one that Ada's "
             "line may have called already",
             asked, wb_at(told_by), LINES + 1);
}

static void nobody_waits_for_calls_that_are_not_needed(void)
{
    const struct shop shops[MOST_SHOPS] = {
        {"Ada", .has_it = true, .seconds = 1},
        {"Ben", .seconds = 5},
        {"Cleo", .seconds = 5},
        {"Dan", .seconds = 5},
        {"Eve", .seconds = 5},
        {"Fay", .seconds = 5},
    };
    check_told(search(shops, MOST_SHOPS, 1), "Ada has it");
}

// One more is needed than will ever come, so the gate keeps everybody inside
// until it has seen how the caller waits: asleep, or asking again and again.
static void the_caller_sleeps_during_the_calls(void)
{
    const struct shop shops[] = {{.name = "Ben"}, {"Ada", .has_it = true}};
    search(shops, 2, LINES + 1);
    WB_CHECK(phones.state != WB_GATE_SPINNING,
             "During the calls your code asked \"done yet?\" %d times and "
             "more; it was expected to sleep until an answer is there",
             WB_MANY_POLLS);
}

static CU_TestInfo early_exit_tests[] = {
    {"the_answer_of_the_only_shop_is_told",
     the_answer_of_the_only_shop_is_told},
    {"a_shop_without_it_does_not_end_the_search",
     a_shop_without_it_does_not_end_the_search},
    {"one_good_answer_is_told_even_if_all_have_it",
     one_good_answer_is_told_even_if_all_have_it},
    {"without_a_good_answer_all_were_asked",
     without_a_good_answer_all_were_asked},
    {"without_shops_nothing_is_told", without_shops_nothing_is_told},
    {"never_more_calls_than_lines", never_more_calls_than_lines},
    {"all_calls_share_one_pool", all_calls_share_one_pool},
    {"the_pool_is_closed_afterwards", the_pool_is_closed_afterwards},
    {"the_answer_is_told_while_another_call_goes_on",
     the_answer_is_told_while_another_call_goes_on},
    {"after_the_answer_no_more_shops_are_called",
     after_the_answer_no_more_shops_are_called},
    {"nobody_waits_for_calls_that_are_not_needed",
     nobody_waits_for_calls_that_are_not_needed},
    {"the_caller_sleeps_during_the_calls", the_caller_sleeps_during_the_calls},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"early_exit", NULL, NULL, NULL, NULL, early_exit_tests},
    CU_SUITE_INFO_NULL,
};
