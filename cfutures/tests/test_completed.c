// cf_as_completed: each future once, as it is done; and the loop may be left at
// any time.

#include <cfutures.h>

#include "support.h"

#include <cfutures_testing.h>
#include <errno.h>
#include <sched.h>
#include <stdatomic.h>

static cf_value same(cf_value x)
{
    return x;
}

static cf_future *blocked(cf_executor *pool, struct gate *gate)
{
    return cf_submit(pool, pass_gate, cf_ptr(gate));
}

static void submit_numbers(cf_executor *pool, cf_future **futures, int count)
{
    for (int i = 0; i < count; i++) {
        futures[i] = cf_submit(pool, same, i + 1);
    }
}

// ----- order -----

static void each_is_given_once(void)
{
    cf_future *futures[50];
    int64_t sum = 0;
    int rounds = 0;
    cf_with (pool, cf_thread_pool()) {
        submit_numbers(pool, futures, 50);
        cf_for_completed (future, futures, 50) {
            CU_ASSERT_TRUE(cf_done(future));
            sum += cf_as_int(cf_result(future));
            rounds++;
        }
    }
    CU_ASSERT_EQUAL(rounds, 50);
    CU_ASSERT_EQUAL(sum, 1275);
}

static void what_is_done_comes_first_in_its_order(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *slow = blocked(pool, &gate);
        cf_future *futures[6];
        submit_numbers(pool, futures, 6);
        cf_wait(futures, 6, CF_ALL_COMPLETED, CF_FOREVER);
        cf_future *mixed[] = {slow, futures[4], futures[2], futures[0],
                              futures[5]};
        static const int order[] = {5, 3, 1, 6};
        int rounds = 0;
        cf_for_completed (future, mixed, 5) {
            if (rounds < 4) {
                CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), order[rounds]);
            } else {
                CU_ASSERT_PTR_EQUAL(future, slow);
            }
            if (++rounds == 4) {
                gate_open(&gate);
            }
        }
        CU_ASSERT_EQUAL(rounds, 5);
    }
}

static void the_others_come_in_the_order_of_their_end(void)
{
    struct gate gates[3] = {GATE_CLOSED, GATE_CLOSED, GATE_CLOSED};
    cf_with (pool, cf_thread_pool(.max_workers = 3)) {
        cf_future *futures[3];
        for (int i = 0; i < 3; i++) {
            futures[i] = blocked(pool, &gates[i]);
        }
        static const int order[] = {2, 0, 1};
        cf_completed *completed = cf_as_completed(futures, 3, CF_FOREVER);
        for (int i = 0; i < 3; i++) {
            gate_open(&gates[order[i]]);
            cf_result(futures[order[i]]);  // so that they end one by one
        }
        for (int i = 0; i < 3; i++) {
            CU_ASSERT_PTR_EQUAL(cf_next_completed(completed),
                                futures[order[i]]);
        }
        CU_ASSERT_PTR_NULL(cf_next_completed(completed));
        cf_completed_close(completed);
    }
}

static void a_future_that_comes_again_is_given_once(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool()) {
        cf_future *slow = blocked(pool, &gate);
        cf_future *quick = cf_submit(pool, same, 1);
        cf_future *futures[] = {slow, quick, slow, quick, quick};
        int rounds = 0;
        cf_for_completed (future, futures, 5) {
            gate_open(&gate);
            rounds += future == slow ? 1 : 10;
        }
        CU_ASSERT_EQUAL(rounds, 11);
    }
}

static void futures_of_several_pools_may_be_mixed(void)
{
    cf_with (left, cf_thread_pool(.max_workers = 1)) {
        cf_with (right, cf_thread_pool(.max_workers = 1)) {
            cf_future *futures[20];
            for (int i = 0; i < 20; i++) {
                futures[i] = cf_submit(i % 2 == 0 ? left : right, same, i);
            }
            int64_t sum = 0;
            cf_for_completed (future, futures, 20) {
                sum += cf_as_int(cf_result(future));
            }
            CU_ASSERT_EQUAL(sum, 190);
        }
    }
}

static void cancelled_and_refused_futures_are_given(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *running = blocked(pool, &gate);
        cf_future *cancelled = cf_submit(pool, same, 1);
        fail_request(1, true);
        cf_future *immortal = cf_submit(pool, same, 1);
        fail_request(0, false);
        cf_future *futures[] = {running, cancelled, immortal};
        cf_completed *completed = cf_as_completed(futures, 3, CF_FOREVER);
        CU_ASSERT_PTR_EQUAL(cf_next_completed(completed), immortal);
        cf_cancel(cancelled);
        CU_ASSERT_PTR_EQUAL(cf_next_completed(completed), cancelled);
        gate_open(&gate);
        CU_ASSERT_PTR_EQUAL(cf_next_completed(completed), running);
        cf_completed_close(completed);
    }
}

static void nothing_to_wait_for_ends_at_once(void)
{
    int rounds = 0;
    cf_for_completed (future, NULL, 0) {
        rounds += cf_done(future) + 1;
    }
    CU_ASSERT_EQUAL(rounds, 0);
    cf_completed_close(NULL);
}

// ----- futures that come later -----

static void futures_may_be_added(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_completed *completed = cf_as_completed(NULL, 0, CF_FOREVER);
        CU_ASSERT_PTR_NULL(cf_next_completed(completed));
        cf_future *slow = blocked(pool, &gate);
        cf_future *quick = cf_submit(pool, same, 1);
        CU_ASSERT_TRUE(cf_completed_add(completed, slow));
        CU_ASSERT_TRUE(cf_completed_add(completed, quick));
        CU_ASSERT_EQUAL(cf_completed_left(completed), 2);
        CU_ASSERT_PTR_EQUAL(cf_next_completed(completed), quick);
        CU_ASSERT_TRUE(cf_completed_add(completed, quick));
        CU_ASSERT_PTR_EQUAL(cf_next_completed(completed), quick);
        gate_open(&gate);
        CU_ASSERT_PTR_EQUAL(cf_next_completed(completed), slow);
        CU_ASSERT_PTR_NULL(cf_next_completed(completed));
        cf_completed_close(completed);
    }
}

static void a_tree_can_be_walked_by_adding(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *root[] = {cf_submit(pool, same, 6)};
        cf_completed *completed = cf_as_completed(root, 1, CF_FOREVER);
        int nodes = 0;
        cf_future *node;
        while ((node = cf_next_completed(completed)) != NULL) {
            const int64_t depth = cf_as_int(cf_result(node));
            nodes++;
            for (int i = 0; i < 2 && depth > 0; i++) {
                cf_completed_add(completed, cf_submit(pool, same, depth - 1));
            }
            cf_release(node);
        }
        cf_completed_close(completed);
        CU_ASSERT_EQUAL(nodes, 127);
    }
}

// ----- time -----

static void when_the_time_is_over_it_ends_and_says_how_many_are_left(void)
{
    static const double limits[] = {0, -1, 0.002};
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        struct gate gate = GATE_CLOSED;
        cf_with (pool, cf_thread_pool(.max_workers = 2)) {
            cf_future *slow = blocked(pool, &gate);
            cf_future *done = cf_submit(pool, same, 1);
            cf_result(done);
            cf_future *futures[] = {slow, done};
            cf_completed *completed = cf_as_completed(futures, 2, limits[i]);
            CU_ASSERT_PTR_EQUAL(cf_next_completed(completed), done);
            CU_ASSERT_PTR_NULL(cf_next_completed(completed));
            CU_ASSERT_EQUAL(cf_completed_left(completed), 1);
            gate_open(&gate);
            cf_result(slow);
            CU_ASSERT_PTR_EQUAL(cf_next_completed(completed), slow);
            CU_ASSERT_EQUAL(cf_completed_left(completed), 0);
            CU_ASSERT_PTR_NULL(cf_next_completed(completed));
            cf_completed_close(completed);
        }
    }
}

// ----- leaving -----

static cf_future *first_of(cf_future **futures, size_t count)
{
    cf_for_completed (future, futures, count) {
        return future;
    }
    return NULL;
}

static void the_loop_may_be_left_by_return(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *futures[] = {blocked(pool, &gate), cf_submit(pool, same, 1)};
        CU_ASSERT_PTR_EQUAL(first_of(futures, 2), futures[1]);
        gate_open(&gate);
    }
}

static void break_leaves_the_loop_and_continue_goes_on(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *futures[11];
        submit_numbers(pool, futures, 10);
        futures[10] = blocked(pool, &gate);
        int odd = 0;
        int rounds = 0;
        cf_for_completed (future, futures, 11) {
            if (++rounds == 10) {
                break;
            }
            if (cf_as_int(cf_result(future)) % 2 == 0) {
                continue;
            }
            odd++;
        }
        CU_ASSERT_EQUAL(rounds, 10);
        CU_ASSERT(odd == 4 || odd == 5);  // the last one was not looked at
        gate_open(&gate);
    }
}

static void left_early_the_tasks_go_on(void)
{
    for (int round = 0; round < 200; round++) {
        cf_with (pool, cf_thread_pool(.max_workers = 2)) {
            cf_future *futures[10];
            submit_numbers(pool, futures, 10);
            cf_future *first = first_of(futures, 10);
            CU_ASSERT_PTR_NOT_NULL(first);
            CU_ASSERT_EQUAL(cf_wait(futures, 10, CF_ALL_COMPLETED, CF_FOREVER),
                            10);
        }
    }
}

static void it_may_be_closed_after_the_pool(void)
{
    cf_completed *completed = NULL;
    cf_with (pool, cf_thread_pool()) {
        cf_future *futures[10];
        submit_numbers(pool, futures, 10);
        completed = cf_as_completed(futures, 10, CF_FOREVER);
        cf_next_completed(completed);
    }
    CU_ASSERT_EQUAL(cf_completed_left(completed), 9);
    cf_completed_close(completed);
}

static void loops_may_be_nested(void)
{
    int rounds = 0;
    cf_with (pool, cf_thread_pool()) {
        cf_future *outer[3];
        cf_future *inner[3];
        submit_numbers(pool, outer, 3);
        submit_numbers(pool, inner, 3);
        cf_for_completed (one, outer, 3) {
            cf_for_completed (two, inner, 3) {
                rounds += one != two;
            }
        }
    }
    CU_ASSERT_EQUAL(rounds, 9);
}

static void a_future_may_be_released_as_soon_as_it_is_given(void)
{
    for (int round = 0; round < 100; round++) {
        cf_with (pool, cf_thread_pool(.max_workers = 3)) {
            cf_future *futures[20];
            submit_numbers(pool, futures, 20);
            cf_for_completed (future, futures, 20) {
                cf_release(future);
            }
        }
    }
}

// ----- waking -----

static void *go_through(void *arg)
{
    cf_future **futures = arg;
    size_t rounds = 0;
    cf_for_completed (future, futures, 2) {
        rounds += cf_done(future);
    }
    return (void *)rounds;
}

static void await_callers_blocked(size_t callers)
{
    struct cf_test_snapshot now;
    while (cf_test_snapshot(&now), now.callers_blocked != callers) {
        sched_yield();
    }
}

static void whoever_waits_is_blocked_until_one_is_done(void)
{
    struct gate gates[2] = {GATE_CLOSED, GATE_CLOSED};
    cf_test_begin(NULL, NULL);
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *futures[] = {blocked(pool, &gates[0]),
                                blocked(pool, &gates[1])};
        pthread_t thread;
        CU_ASSERT_EQUAL_FATAL(
            pthread_create(&thread, NULL, go_through, futures), 0);
        await_callers_blocked(1);
        gate_open(&gates[1]);
        cf_result(futures[1]);
        await_callers_blocked(1);  // again
        gate_open(&gates[0]);
        void *rounds = NULL;
        pthread_join(thread, &rounds);
        CU_ASSERT_EQUAL((uintptr_t)rounds, 2);
        await_callers_blocked(0);
    }
    cf_test_end();
}

static void no_wake_up_is_lost(void)
{
    enum { COUNT = 200 };
    static cf_future *futures[COUNT];
    for (int round = 0; round < 60; round++) {
        cf_with (pool, cf_thread_pool(.max_workers = 1 + round % 4)) {
            submit_numbers(pool, futures, COUNT);
            int64_t sum = 0;
            cf_for_completed (future, futures, COUNT) {
                sum += cf_as_int(cf_result(future));
            }
            CU_ASSERT_EQUAL(sum, COUNT * (COUNT + 1) / 2);
        }
    }
}

// A program may go through futures for ever, a batch at a time.
static void memory_stays_flat_however_many_there_are(void)
{
    enum { BATCH = 1000, BATCHES = 30 };
    static cf_future *futures[BATCH];
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        for (int batch = 0; batch < BATCHES; batch++) {
            submit_numbers(pool, futures, BATCH);
            cf_for_completed (future, futures, BATCH) {
                cf_release(future);
            }
            // The pool, two workers, and a future that each may still hold.
            CU_ASSERT(blocks_in_use() <= 5);
        }
    }
}

static cf_executor *pool_of_tasks;

static cf_value sum_inside(cf_value arg)
{
    cf_future *futures[5];
    submit_numbers(pool_of_tasks, futures, 5);
    int64_t sum = cf_as_int(arg);
    cf_for_completed (future, futures, 5) {
        sum += cf_as_int(cf_result(future));
    }
    return cf_int(sum);
}

static void on_a_pool_of_one_worker_tasks_are_run_in_place(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        pool_of_tasks = pool;
        CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_submit(pool, sum_inside, 0))),
                        15);
        CU_ASSERT_EQUAL(threads_created(), 1);
    }
}

// ----- failure and wrong use -----

static void without_memory_it_gives_one_error(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *futures[3];
        submit_numbers(pool, futures, 3);
        cf_wait(futures, 3, CF_ALL_COMPLETED, CF_FOREVER);
        for (unsigned n = 1; n <= 5; n++) {
            int rounds = 0;
            fail_request(n, true);
            cf_for_completed (future, futures, 3) {
                CU_ASSERT_EQUAL(cf_exception(future)->code, ENOMEM);
                rounds++;
            }
            CU_ASSERT_EQUAL(rounds, 1);
        }
        fail_request(1, true);
        cf_completed *completed = cf_as_completed(futures, 3, CF_FOREVER);
        CU_ASSERT_FALSE(cf_completed_add(completed, futures[0]));
        CU_ASSERT_EQUAL(cf_completed_left(completed), 1);
        cf_completed_close(completed);
        fail_request(0, false);
        CU_ASSERT_PTR_NOT_NULL(first_of(futures, 3));
    }
}

static void adding_without_memory_changes_nothing(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *futures[2];
        submit_numbers(pool, futures, 2);
        cf_completed *completed = cf_as_completed(futures, 1, CF_FOREVER);
        fail_request(1, false);
        CU_ASSERT_FALSE(cf_completed_add(completed, futures[1]));
        CU_ASSERT_EQUAL(cf_completed_left(completed), 1);
        CU_ASSERT_PTR_EQUAL(cf_next_completed(completed), futures[0]);
        cf_completed_close(completed);
    }
}

static void wait_for_null(void)
{
    cf_future *futures[] = {NULL};
    cf_as_completed(futures, 1, CF_FOREVER);
}

static void add_null(void)
{
    cf_completed_add(cf_as_completed(NULL, 0, CF_FOREVER), NULL);
}

static void next_of_null(void)
{
    cf_next_completed(NULL);
}

static void wrong_use_stops_the_program(void)
{
    CHECK_STOPS(wait_for_null, "cf_as_completed: the future number 1 of 1");
    CHECK_STOPS(add_null, "cf_completed_add: the future number 1 of 1");
    CHECK_STOPS(next_of_null, "cf_next_completed: the argument is NULL");
}

static CU_TestInfo order[] = {
    TEST(each_is_given_once),
    TEST(what_is_done_comes_first_in_its_order),
    TEST(the_others_come_in_the_order_of_their_end),
    TEST(a_future_that_comes_again_is_given_once),
    TEST(futures_of_several_pools_may_be_mixed),
    TEST(cancelled_and_refused_futures_are_given),
    TEST(nothing_to_wait_for_ends_at_once),
    TEST(futures_may_be_added),
    TEST(a_tree_can_be_walked_by_adding),
    TEST(when_the_time_is_over_it_ends_and_says_how_many_are_left),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo leaving[] = {
    TEST(the_loop_may_be_left_by_return),
    TEST(break_leaves_the_loop_and_continue_goes_on),
    TEST(left_early_the_tasks_go_on),
    TEST(it_may_be_closed_after_the_pool),
    TEST(loops_may_be_nested),
    TEST(a_future_may_be_released_as_soon_as_it_is_given),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo waking[] = {
    TEST(whoever_waits_is_blocked_until_one_is_done),
    TEST(no_wake_up_is_lost),
    TEST(memory_stays_flat_however_many_there_are),
    TEST(on_a_pool_of_one_worker_tasks_are_run_in_place),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo misuse[] = {
    TEST(without_memory_it_gives_one_error),
    TEST(adding_without_memory_changes_nothing),
    TEST(wrong_use_stops_the_program),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("order", order),   SUITE("leaving", leaving),
    SUITE("waking", waking), SUITE("failure and wrong use", misuse),
    CU_SUITE_INFO_NULL,
};
