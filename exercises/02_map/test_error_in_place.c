// Tests of 02_map/error_in_place. They bring the scales, which can't weigh a
// piano, an anvil or a safe. On the virtual clock, weighing takes a second.

#include "error_in_place.h"

#include "wb_test.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

// ----- what error_in_place.h promises to bring -----

static bool is_too_heavy(const char *parcel)
{
    return strcmp(parcel, "piano") == 0 || strcmp(parcel, "anvil") == 0 ||
           strcmp(parcel, "safe") == 0;
}

// So that each parcel has a weight of its own.
static int64_t grams_of(const char *parcel)
{
    return 100 * (int64_t)strlen(parcel);
}

int64_t put_on_scales(const char *parcel)
{
    wb_work(1.0, "weighing the %s", parcel);
    return is_too_heavy(parcel) ? 0 : grams_of(parcel);
}

// ----- the task alone -----

static void a_parcel_that_can_be_weighed_returns_its_grams(void)
{
    cf_with (pool, cf_thread_pool()) {
        const cf_value result = cf_result(cf_submit(pool, weigh, "lamp"));
        WB_CHECK(strcmp(cf_kind_name(result), "int") == 0,
                 "A lamp can be weighed; weigh(\"lamp\") returned a value of "
                 "the kind \"%s\", an int was expected",
                 cf_kind_name(result));
        WB_CHECK(cf_as_int(result) == 400,
                 "The scales said 400; weigh(\"lamp\") returned %" PRId64,
                 cf_as_int(result));
    }
}

static void a_parcel_that_is_too_heavy_returns_an_error(void)
{
    cf_with (pool, cf_thread_pool()) {
        const cf_value result = cf_result(cf_submit(pool, weigh, "piano"));
        WB_CHECK(cf_failed(result),
                 "The scales said 0; weigh(\"piano\") returned a value of the "
                 "kind \"%s\", an error was expected",
                 cf_kind_name(result));
        const cf_error *error = cf_as_error(result);
        WB_CHECK(error->code == ERANGE,
                 "The scales said 0; the code of weigh's error, made at %s:%d, "
                 "is %d; ERANGE (%d) was expected",
                 error->file, error->line, error->code, ERANGE);
        WB_CHECK(strcmp(error->message, "too heavy: piano") == 0,
                 "The piano is too heavy; the message of weigh's error, made "
                 "at %s:%d, is \"%.60s\"; \"too heavy: piano\" was expected",
                 error->file, error->line, error->message);
    }
}

// ----- all parcels -----

static const struct slip untouched = {-7, "untouched"};

static struct slip expected_slip(const char *parcel)
{
    struct slip slip = {0};
    if (is_too_heavy(parcel)) {
        snprintf(slip.problem, sizeof slip.problem, "too heavy: %s", parcel);
    } else {
        slip.grams = grams_of(parcel);
    }
    return slip;
}

static void check_slip(size_t i, const char *parcel, const struct slip *slip)
{
    const struct slip expected = expected_slip(parcel);
    const bool has_grams = slip->grams != untouched.grams;
    const bool has_problem = strcmp(slip->problem, untouched.problem) != 0;
    WB_CHECK(has_grams || has_problem,
             "weigh_all wrote nothing on slip %zu, which is for the %s; a slip "
             "was expected for every parcel",
             i, parcel);
    WB_CHECK(
        has_problem,
        "weigh_all wrote the grams of slip %zu, and left its problem as it "
        "was; for the %s it should be \"%s\"",
        i, parcel, expected.problem);
    WB_CHECK(has_grams,
             "weigh_all wrote the problem of slip %zu, and left its grams as "
             "they were; for the %s they should be %" PRId64,
             i, parcel, expected.grams);
    WB_CHECK(slip->grams == expected.grams &&
                 strcmp(slip->problem, expected.problem) == 0,
             "weigh_all wrote %" PRId64
             " g on slip %zu, and the problem \"%.60s\"; %" PRId64
             " g and \"%s\" was expected, as parcels[%zu] is \"%s\"",
             slip->grams, i, slip->problem, expected.grams, expected.problem, i,
             parcel);
}

static void check_rest_untouched(const struct slip slips[], size_t count)
{
    for (size_t i = count; i < MOST_PARCELS + 1; i++) {
        WB_CHECK(
            slips[i].grams == untouched.grams &&
                strcmp(slips[i].problem, untouched.problem) == 0,
            "With %zu parcels, weigh_all wrote on slip %zu; each parcel has "
            "a slip, and slip 0 is the first",
            count, i);
    }
}

// Weighs them, and looks at everything that weigh_all has to leave behind.
static void check_weighing(const char *parcels[], size_t count)
{
    struct slip slips[MOST_PARCELS + 1];
    for (size_t i = 0; i < MOST_PARCELS + 1; i++) {
        slips[i] = untouched;
    }
    const int64_t total = weigh_all(parcels, count, slips);

    int64_t expected = 0;
    for (size_t i = 0; i < count; i++) {
        check_slip(i, parcels[i], &slips[i]);
        expected += is_too_heavy(parcels[i]) ? 0 : grams_of(parcels[i]);
    }
    check_rest_untouched(slips, count);
    WB_CHECK(total == expected,
             "weigh_all returned %" PRId64 "; %" PRId64 " was expected, the "
             "grams of all parcels that were weighed",
             total, expected);
}

static void each_parcel_gets_its_slip(void)
{
    const char *parcels[] = {"telescope", "mug", "globe"};
    check_weighing(parcels, 3);
}

static void errors_stay_where_their_parcels_are(void)
{
    const char *parcels[] = {"mug", "piano", "globe", "anvil", "telescope"};
    check_weighing(parcels, 5);
}

static void the_first_and_the_last_parcel_may_be_too_heavy(void)
{
    const char *parcels[] = {"safe", "lamp", "anvil"};
    check_weighing(parcels, 3);
}

static void all_parcels_may_be_too_heavy(void)
{
    const char *parcels[] = {"anvil", "safe"};
    check_weighing(parcels, 2);
}

static void without_parcels_there_is_nothing_to_weigh(void)
{
    const char *parcels[] = {"mug"};
    check_weighing(parcels, 0);
}

static void the_pool_is_closed_afterwards(void)
{
    const char *parcels[] = {"piano", "mug"};
    struct slip slips[2];
    weigh_all(parcels, 2, slips);
    WB_ALL_POOLS_CLOSED();
}

static void five_parcels_take_as_long_as_one(void)
{
    const char *parcels[] = {"lamp", "anvil", "mug", "globe", "safe"};
    struct slip slips[MOST_PARCELS];
    WB_EQUAL_INT(weigh_all(parcels, 5, slips), 400 + 300 + 500);
}

static CU_TestInfo weigh_tests[] = {
    {"a_parcel_that_can_be_weighed_returns_its_grams",
     a_parcel_that_can_be_weighed_returns_its_grams},
    {"a_parcel_that_is_too_heavy_returns_an_error",
     a_parcel_that_is_too_heavy_returns_an_error},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo weigh_all_tests[] = {
    {"each_parcel_gets_its_slip", each_parcel_gets_its_slip},
    {"errors_stay_where_their_parcels_are",
     errors_stay_where_their_parcels_are},
    {"the_first_and_the_last_parcel_may_be_too_heavy",
     the_first_and_the_last_parcel_may_be_too_heavy},
    {"all_parcels_may_be_too_heavy", all_parcels_may_be_too_heavy},
    {"without_parcels_there_is_nothing_to_weigh",
     without_parcels_there_is_nothing_to_weigh},
    {"the_pool_is_closed_afterwards", the_pool_is_closed_afterwards},
    {"five_parcels_take_as_long_as_one", five_parcels_take_as_long_as_one},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"weigh", NULL, NULL, NULL, NULL, weigh_tests},
    {"weigh_all", NULL, NULL, NULL, NULL, weigh_all_tests},
    CU_SUITE_INFO_NULL,
};
