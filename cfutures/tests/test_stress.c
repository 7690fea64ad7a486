// Many at once, a bounded number of times: a lost wake-up shows as a hang, a
// lost task as a wrong sum, a race to the thread sanitizer.

#include <cfutures.h>

#include "support.h"

#include <stdatomic.h>

enum { TASKS = 2000, THREADS = 4 };

static cf_value plus_one(cf_value arg)
{
    return cf_int(cf_as_int(arg) + 1);
}

static void no_wake_up_is_lost_between_one_caller_and_its_worker(void)
{
    for (int workers = 1; workers <= 16; workers *= 2) {
        cf_with (pool, cf_thread_pool(.max_workers = workers)) {
            int64_t n = 0;
            while (n < TASKS) {
                cf_future *future = cf_submit(pool, plus_one, n);
                n = cf_as_int(cf_result(future));
                cf_release(future);
            }
        }
    }
}

static void no_wake_up_is_lost_with_a_time_limit(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        for (int64_t n = 0; n < TASKS; n++) {
            cf_future *future = cf_submit(pool, plus_one, n);
            const cf_value result = cf_result_within(future, 3600);
            CU_ASSERT_EQUAL(cf_as_int(result), n + 1);
            cf_release(future);
        }
    }
}

static void a_batch_on_any_number_of_workers_is_complete(void)
{
    static cf_future *futures[TASKS];
    for (int workers = 1; workers <= 16; workers++) {
        cf_with (pool, cf_thread_pool(.max_workers = workers)) {
            for (int i = 0; i < TASKS; i++) {
                futures[i] = cf_submit(pool, plus_one, i);
            }
            int64_t sum = 0;
            for (int i = 0; i < TASKS; i++) {
                sum += cf_as_int(cf_result(futures[i]));
            }
            CU_ASSERT_EQUAL(sum, (int64_t)TASKS * (TASKS + 1) / 2);
        }
    }
}

static void *submit_and_sum(void *arg)
{
    cf_executor *pool = arg;
    int64_t sum = 0;
    for (int i = 0; i < TASKS; i++) {
        cf_future *future = cf_submit(pool, plus_one, i);
        sum += cf_as_int(cf_result(future));
        cf_release(future);
    }
    return (void *)(intptr_t)(sum == (int64_t)TASKS * (TASKS + 1) / 2);
}

static void many_threads_may_submit_to_one_pool(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 3)) {
        pthread_t threads[THREADS];
        for (int i = 0; i < THREADS; i++) {
            CU_ASSERT_EQUAL_FATAL(
                pthread_create(&threads[i], NULL, submit_and_sum, pool), 0);
        }
        for (int i = 0; i < THREADS; i++) {
            void *is_right = NULL;
            pthread_join(threads[i], &is_right);
            CU_ASSERT_PTR_NOT_NULL(is_right);
        }
    }
}

static cf_value text_after_gate(cf_value gate)
{
    gate_enter(cf_as_ptr(gate));
    return cf_format("%d", 42);
}

static void *read_and_release(void *arg)
{
    cf_future *future = arg;
    const bool is_right = cf_as_str(cf_result(future))[0] == '4';
    cf_release(future);
    return (void *)(intptr_t)is_right;
}

static void many_threads_may_wait_for_one_kept_future(void)
{
    for (int round = 0; round < 50; round++) {
        struct gate gate = GATE_CLOSED;
        pthread_t threads[THREADS];
        cf_with (pool, cf_thread_pool()) {
            cf_future *future = cf_submit(pool, text_after_gate, cf_ptr(&gate));
            for (int i = 0; i < THREADS; i++) {
                CU_ASSERT_EQUAL_FATAL(pthread_create(&threads[i], NULL,
                                                     read_and_release,
                                                     cf_keep(future)),
                                      0);
            }
            gate_open(&gate);
        }  // closes while they wait, read or release
        for (int i = 0; i < THREADS; i++) {
            void *is_right = NULL;
            pthread_join(threads[i], &is_right);
            CU_ASSERT_PTR_NOT_NULL(is_right);
        }
    }
}

static void pools_may_be_made_and_closed_in_quick_succession(void)
{
    for (int round = 0; round < 200; round++) {
        cf_with (pool, cf_thread_pool(.max_workers = 1 + round % 5)) {
            for (int i = 0; i < round % 7; i++) {
                cf_submit(pool, plus_one, i);
            }
        }
    }
}

static cf_executor *pool_of_tasks;

static cf_value sum_of_range(cf_value size)
{
    const int64_t n = cf_as_int(size);
    if (n <= 1) {
        return cf_int(n);
    }
    cf_future *left = cf_submit(pool_of_tasks, sum_of_range, n / 2);
    cf_future *right = cf_submit(pool_of_tasks, sum_of_range, n - n / 2);
    return cf_int(cf_as_int(cf_result(right)) + cf_as_int(cf_result(left)));
}

static void tasks_that_split_never_lock_up(void)
{
    for (int workers = 1; workers <= 8; workers++) {
        cf_with (pool, cf_thread_pool(.max_workers = workers)) {
            pool_of_tasks = pool;
            CU_ASSERT_EQUAL(
                cf_as_int(cf_result(cf_submit(pool, sum_of_range, 500))), 500);
        }
    }
}

static CU_TestInfo tests[] = {
    TEST(no_wake_up_is_lost_between_one_caller_and_its_worker),
    TEST(no_wake_up_is_lost_with_a_time_limit),
    TEST(a_batch_on_any_number_of_workers_is_complete),
    TEST(many_threads_may_submit_to_one_pool),
    TEST(many_threads_may_wait_for_one_kept_future),
    TEST(pools_may_be_made_and_closed_in_quick_succession),
    TEST(tasks_that_split_never_lock_up),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("stress", tests),
    CU_SUITE_INFO_NULL,
};
