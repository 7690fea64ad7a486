// Tests of 00_kitchen/recipe_card. They bring two recipes, which count how
// often they were called.

#include "recipe_card.h"

#include "wb_test.h"

static int soups;
static int stews;
static const void *called_by;  // a recipe was, last

static int soup(int guests)
{
    soups++;
    called_by = WB_CALLER;
    return 20 + guests;
}

static int stew(int guests)
{
    stews++;
    called_by = WB_CALLER;
    return 90 + 3 * guests;
}

static void a_card_is_cooked_by_its_recipe(void)
{
    const int minutes = card_cook(card_write(soup, 4));
    WB_CHECK(minutes == 24,
             "the card said soup for 4 and soup(4) gives 24, but card_cook "
             "returned %d",
             minutes);
}

static void each_card_keeps_its_own_recipe_and_guests(void)
{
    const struct card first = card_write(soup, 2);
    const struct card second = card_write(stew, 10);
    const int stew_minutes = card_cook(second);
    const int soup_minutes = card_cook(first);
    WB_CHECK(stew_minutes == 120,
             "two cards were written, and the second said stew for 10: "
             "stew(10) gives 120, but card_cook returned %d",
             stew_minutes);
    WB_CHECK(soup_minutes == 22,
             "two cards were written, and the first said soup for 2: soup(2) "
             "gives 22, but card_cook returned %d",
             soup_minutes);
}

static void writing_a_card_cooks_nothing(void)
{
    card_write(soup, 4);
    card_write(stew, 4);
    WB_CHECK(soups + stews == 0,
             "two cards were written and none was cooked, but recipes were "
             "called %d times%s",
             soups + stews, wb_at(called_by));
}

static void a_recipe_runs_once_each_time_its_card_is_cooked(void)
{
    const struct card card = card_write(soup, 4);
    card_cook(card);
    WB_CHECK(soups == 1,
             "a card was cooked once, but its recipe was called %d times%s",
             soups, wb_at(called_by));
    card_cook(card);
    WB_CHECK(soups == 2,
             "the same card was cooked a second time; its recipe was called "
             "%d times in all, and 2 were expected",
             soups);
}

static CU_TestInfo recipe_card_tests[] = {
    {"a_card_is_cooked_by_its_recipe", a_card_is_cooked_by_its_recipe},
    {"each_card_keeps_its_own_recipe_and_guests",
     each_card_keeps_its_own_recipe_and_guests},
    {"writing_a_card_cooks_nothing", writing_a_card_cooks_nothing},
    {"a_recipe_runs_once_each_time_its_card_is_cooked",
     a_recipe_runs_once_each_time_its_card_is_cooked},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"recipe_card", NULL, NULL, NULL, NULL, recipe_card_tests},
    CU_SUITE_INFO_NULL,
};
