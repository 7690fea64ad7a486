// Tests of review_1/cheapest. They bring the shops. Which task is first is not
// decided here: the explorer tries the orders.

#include "cheapest.h"

#include "wb_test.h"

#include <cfutures_testing.h>
#include <stdatomic.h>

// ----- what cheapest.h promises to bring -----

static const int *prices;
static atomic_int asked_by_pool;
static atomic_int asked[MOST_SHOPS];

int price_at(int shop)
{
    if (cf_test_in_task()) {
        asked_by_pool++;
    }
    asked[shop]++;
    wb_work(1.0, "calling shop %d", shop);
    return prices[shop];
}

// ----- the tests -----

static void check_cheapest(const int *at, int count, int expected)
{
    prices = at;
    const int found = cheapest(count);
    WB_CHECK(found == expected,
             "cheapest(%d) returned %d; shop %d was expected, whose price is "
             "the lowest there, and of equal ones the first",
             count, found, expected);
}

static void the_lower_of_two_prices_wins(void)
{
    check_cheapest((const int[]){7, 3}, 2, 1);
}

static void of_equal_prices_the_first_shop_wins(void)
{
    check_cheapest((const int[]){5, 5}, 2, 0);
}

static void the_lowest_of_five_prices_wins(void)
{
    check_cheapest((const int[]){9, 4, 8, 2, 6}, 5, 3);
}

static void it_may_cost_nothing(void)
{
    check_cheapest((const int[]){1, 0, 2}, 3, 1);
}

static void a_shop_without_it_is_not_the_cheapest(void)
{
    check_cheapest((const int[]){-1, 6, -5, 4}, 4, 3);
}

static void check_no_shop(const int *at, int count)
{
    prices = at;
    const int found = cheapest(count);
    WB_CHECK(found == NO_SHOP,
             "cheapest(%d) returned %d although no shop had it; NO_SHOP was "
             "expected",
             count, found);
}

static void without_a_price_there_is_no_shop(void)
{
    check_no_shop((const int[]){-1, -2}, 2);
    check_no_shop(NULL, 0);
}

static void each_shop_is_asked_once_by_the_pool(void)
{
    check_cheapest((const int[]){3, 1, 2}, 3, 1);
    for (int i = 0; i < 3; i++) {
        WB_CHECK(asked[i] == 1,
                 "price_at(%d) was called %d times; once was expected", i,
                 asked[i]);
    }
    WB_CHECK(asked_by_pool == 3,
             "%d of 3 calls of price_at were inside tasks; all were expected",
             asked_by_pool);
}

static void a_second_search_begins_anew(void)
{
    check_cheapest((const int[]){1, 2}, 2, 0);
    check_cheapest((const int[]){4, 3}, 2, 1);
}

static void one_pool_is_used_and_closed(void)
{
    check_cheapest((const int[]){3, 1, 2}, 3, 1);

    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    WB_CHECK(now.executors_opened == 1,
             "your code opened %zu pools for 3 shops; one was expected",
             now.executors_opened);
    WB_ALL_POOLS_CLOSED();
}

static void five_shops_take_as_long_as_one(void)
{
    check_cheapest((const int[]){9, 4, 8, 2, 6}, 5, 3);
}

static CU_TestInfo cheapest_tests[] = {
    {"the_lower_of_two_prices_wins", the_lower_of_two_prices_wins},
    {"of_equal_prices_the_first_shop_wins",
     of_equal_prices_the_first_shop_wins},
    {"the_lowest_of_five_prices_wins", the_lowest_of_five_prices_wins},
    {"it_may_cost_nothing", it_may_cost_nothing},
    {"a_shop_without_it_is_not_the_cheapest",
     a_shop_without_it_is_not_the_cheapest},
    {"without_a_price_there_is_no_shop", without_a_price_there_is_no_shop},
    {"each_shop_is_asked_once_by_the_pool",
     each_shop_is_asked_once_by_the_pool},
    {"a_second_search_begins_anew", a_second_search_begins_anew},
    {"one_pool_is_used_and_closed", one_pool_is_used_and_closed},
    {"five_shops_take_as_long_as_one", five_shops_take_as_long_as_one},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"cheapest", NULL, NULL, NULL, NULL, cheapest_tests},
    CU_SUITE_INFO_NULL,
};
