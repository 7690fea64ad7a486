// Wrong programs with pools and futures. See giving_up.h.

#include "giving_up.h"

#include <unistd.h>

enum { CROWD = 6 };

static void each_result_before_the_next_submit(void)
{
    wb_gate_init(&gate, FEW);
    cf_with (pool, cf_thread_pool(.max_workers = FEW)) {
        for (int i = 0; i < FEW; i++) {
            cf_result(cf_submit(pool, enter, i));
        }
    }
    check_stuck("your code waited for a result");
}

static void a_pool_of_its_own_for_each(void)
{
    wb_gate_init(&gate, FEW);
    for (int i = 0; i < FEW; i++) {
        cf_with (pool, cf_thread_pool(.max_workers = FEW)) {
            cf_submit(pool, enter, i);
        }
    }
    check_stuck("your code waited for a result");
}

static void one_worker(void)
{
    wb_gate_init(&gate, FEW);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        for (int i = 0; i < FEW; i++) {
            cf_submit(pool, enter, i);
        }
    }
    check_stuck("a free worker");
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static cf_value lock_and_enter(cf_value arg)
{
    pthread_mutex_lock(&lock);
    wb_gate_enter(&gate);
    pthread_mutex_unlock(&lock);
    return arg;
}

static void a_lock_around_the_slow_part(void)
{
    wb_gate_init(&gate, CROWD);
    cf_with (pool, cf_thread_pool(.max_workers = CROWD)) {
        for (int i = 0; i < CROWD; i++) {
            cf_submit(pool, lock_and_enter, i);
        }
    }
    check_stuck("a mutex that was held");
    WB_NEVER_MORE_THAN(1, &gate, "visitors");
}

static void nobody_is_asked(void)
{
    wb_gate_init(&gate, FEW);
    for (int i = 0; i < FEW; i++) {
        enter(cf_none());
    }
    check_stuck("did this work itself");
}

// ----- busy waiting -----

static void poll_for_all(unsigned microseconds)
{
    wb_gate_init(&gate, FEW);
    cf_with (pool, cf_thread_pool(.max_workers = FEW)) {
        for (int i = 0; i < FEW; i++) {
            cf_future *future = cf_submit(pool, enter, i);
            while (!cf_done(future)) {
                if (microseconds > 0) {
                    usleep(microseconds);
                }
            }
        }
    }
    check_gave_up(WB_GATE_SPINNING, "busy waiting");
}

static void asking_again_and_again(void)
{
    poll_for_all(0);
}

static void asking_once_a_second(void)
{
    poll_for_all(999999);
}

static void asking_if_it_runs(void)
{
    wb_gate_init(&gate, FEW);
    cf_with (pool, cf_thread_pool(.max_workers = FEW)) {
        for (int i = 0; i < FEW; i++) {
            cf_future *future = cf_submit(pool, enter, i);
            while (cf_running(future) || !cf_done(future)) {
            }
        }
    }
    check_gave_up(WB_GATE_SPINNING, "busy waiting");
}

static void asking_for_the_result_within_no_time(void)
{
    wb_gate_init(&gate, FEW);
    cf_with (pool, cf_thread_pool(.max_workers = FEW)) {
        for (int i = 0; i < FEW; i++) {
            cf_future *future = cf_submit(pool, enter, i);
            while (cf_failed(cf_result_within(future, 0))) {
            }
        }
    }
    check_gave_up(WB_GATE_SPINNING, "busy waiting");
}

// ----- afterwards -----

static void after_a_gate_gave_up_another_opens(void)
{
    each_result_before_the_next_submit();
    wb_gate_init(&gate, FEW);
    cf_with (pool, cf_thread_pool(.max_workers = FEW)) {
        for (int i = 0; i < FEW; i++) {
            cf_submit(pool, enter, i);
        }
    }
    WB_OPENED(&gate, "visitors");
    WB_ALL_POOLS_CLOSED();
}

static CU_TestInfo tests[] = {
    TEST(each_result_before_the_next_submit),
    TEST(a_pool_of_its_own_for_each),
    TEST(one_worker),
    TEST(a_lock_around_the_slow_part),
    TEST(nobody_is_asked),
    TEST(asking_again_and_again),
    TEST(asking_once_a_second),
    TEST(asking_if_it_runs),
    TEST(asking_for_the_result_within_no_time),
    TEST(after_a_gate_gave_up_another_opens),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"the gate gives up for tasks", NULL, NULL, NULL, NULL, tests},
    CU_SUITE_INFO_NULL,
};
