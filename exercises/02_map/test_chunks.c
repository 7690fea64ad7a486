// Tests of 02_map/chunks. They bring the scales. On the virtual clock a seed
// takes a second; or, if its number is in the thousands, no time at all.

#include "chunks.h"

#include "wb_test.h"

#include <cfutures_testing.h>
#include <inttypes.h>
#include <stdatomic.h>

// ----- what chunks.h promises to bring -----

enum { EASY = 1000 };  // seeds from here on take no time

static atomic_size_t weighed_by_pool;
static atomic_size_t weighed_directly;
static const void *weighed_by;  // where weigh_seed was called directly

static int64_t weight_of(int64_t seed)
{
    return 3 * seed + 1;
}

cf_value weigh_seed(cf_value seed)
{
    const int64_t number = cf_as_int(seed);
    if (cf_test_in_task()) {
        weighed_by_pool++;
    } else {
        weighed_directly++;
        weighed_by = WB_CALLER;
    }
    if (number < EASY) {
        wb_work(1.0, "hard seed %" PRId64, number);
    }
    return cf_int(weight_of(number));
}

// ----- the tests -----

enum { MOST_SEEDS = 1000 };

static int seeds[MOST_SEEDS];
static int64_t milligrams[MOST_SEEDS + 1];

// Weighs `count` seeds, of which the first `hard` take long.
static void weigh(size_t count, size_t hard)
{
    for (size_t i = 0; i < count; i++) {
        seeds[i] = (int)i + (i < hard ? 0 : EASY);
    }
    for (size_t i = 0; i < MOST_SEEDS + 1; i++) {
        milligrams[i] = -1;
    }
    weigh_seeds(seeds, count, milligrams);
}

static void check_weights(size_t count)
{
    weighed_by_pool = 0;
    weigh(count, 0);

    WB_CHECK(weighed_directly == 0,
             "weigh_seeds called weigh_seed itself, %zu times%s; it was "
             "expected that only the pool's workers do",
             weighed_directly, wb_at(weighed_by));
    WB_CHECK(weighed_by_pool == count,
             "The pool weighed %zu seeds; there were %zu, and each was "
             "expected to be weighed once",
             weighed_by_pool, count);
    for (size_t i = 0; i < count; i++) {
        WB_CHECK(milligrams[i] == weight_of(seeds[i]),
                 "With %zu seeds, milligrams[%zu] is %" PRId64 "; %" PRId64
                 " was expected, the weight of seeds[%zu]",
                 count, i, milligrams[i], weight_of(seeds[i]), i);
    }
    WB_CHECK(milligrams[count] == -1,
             "With %zu seeds, your code wrote to milligrams[%zu], which is "
             "behind the last one",
             count, count);
}

static void each_seed_has_its_weight(void)
{
    check_weights(5);
}

static void a_thousand_seeds_have_their_weights(void)
{
    check_weights(MOST_SEEDS);
}

static void one_seed_has_its_weight(void)
{
    check_weights(1);
}

static void an_odd_number_of_seeds_loses_none(void)
{
    check_weights(37);
}

static void an_empty_drawer_is_no_work(void)
{
    check_weights(0);
}

static void the_pool_is_closed_afterwards(void)
{
    weigh(3, 0);
    WB_ALL_POOLS_CLOSED();
}

static size_t tasks_for(size_t count)
{
    struct cf_test_snapshot before;
    struct cf_test_snapshot after;
    cf_test_snapshot(&before);
    weigh(count, 0);
    cf_test_snapshot(&after);

    WB_CHECK(after.executors_opened - before.executors_opened == 1,
             "Your code opened %zu pools for %zu seeds; one was expected",
             after.executors_opened - before.executors_opened, count);
    return after.submitted - before.submitted;
}

static void check_tasks(size_t count)
{
    const size_t tasks = tasks_for(count);
    WB_CHECK(tasks <= MOST_TASKS,
             "For %zu seeds your code handed the pool %zu tasks; at most %d "
             "were expected",
             count, tasks, MOST_TASKS);
}

static void a_thousand_seeds_are_sixteen_tasks_at_most(void)
{
    check_tasks(MOST_SEEDS);
}

// Where rounding down makes chunks that are too small.
static void seventeen_seeds_are_sixteen_tasks_at_most(void)
{
    check_tasks(MOST_TASKS + 1);
    check_tasks(2 * MOST_TASKS - 1);
}

// Sixteen tasks at most, and none larger than a sixteenth: so they are sixteen.
static void seeds_that_fill_sixteen_tasks_make_sixteen(void)
{
    for (size_t seeds_a_task = 1; seeds_a_task <= 3; seeds_a_task++) {
        const size_t count = seeds_a_task * MOST_TASKS;
        const size_t tasks = tasks_for(count);
        WB_CHECK(tasks == MOST_TASKS,
                 "For %zu seeds your code handed the pool %zu tasks; %d were "
                 "expected, with %zu of the seeds in each",
                 count, tasks, MOST_TASKS, seeds_a_task);
    }
}

static void check_all_weighed(size_t count)
{
    WB_CHECK(weighed_by_pool == count,
             "The pool weighed %zu seeds; there were %zu", weighed_by_pool,
             count);
}

static void all_workers_weigh_at_once(void)
{
    weigh(12, 12);
    check_all_weighed(12);
}

// The first twelve would be the share of one worker, if each got a quarter.
static void hard_seeds_side_by_side_are_shared_by_the_workers(void)
{
    weigh(48, 12);
    check_all_weighed(48);
}

static CU_TestInfo chunks_tests[] = {
    {"each_seed_has_its_weight", each_seed_has_its_weight},
    {"a_thousand_seeds_have_their_weights",
     a_thousand_seeds_have_their_weights},
    {"one_seed_has_its_weight", one_seed_has_its_weight},
    {"an_odd_number_of_seeds_loses_none", an_odd_number_of_seeds_loses_none},
    {"an_empty_drawer_is_no_work", an_empty_drawer_is_no_work},
    {"the_pool_is_closed_afterwards", the_pool_is_closed_afterwards},
    {"a_thousand_seeds_are_sixteen_tasks_at_most",
     a_thousand_seeds_are_sixteen_tasks_at_most},
    {"seventeen_seeds_are_sixteen_tasks_at_most",
     seventeen_seeds_are_sixteen_tasks_at_most},
    {"seeds_that_fill_sixteen_tasks_make_sixteen",
     seeds_that_fill_sixteen_tasks_make_sixteen},
    {"all_workers_weigh_at_once", all_workers_weigh_at_once},
    {"hard_seeds_side_by_side_are_shared_by_the_workers",
     hard_seeds_side_by_side_are_shared_by_the_workers},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"chunks", NULL, NULL, NULL, NULL, chunks_tests},
    CU_SUITE_INFO_NULL,
};
