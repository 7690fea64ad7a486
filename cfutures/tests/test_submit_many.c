// Chapter 3 of the header: many tasks in one call, and a bound on how many
// wait.

#include <cfutures.h>

#include "support.h"

#include <cfutures_testing.h>
#include <errno.h>
#include <stdatomic.h>
#include <string.h>

static cf_value add(cf_value context, cf_value arg)
{
    return cf_int(cf_as_int(context) + cf_as_int(arg));
}

static cf_value join(cf_value context, cf_value arg)
{
    return cf_format("%s %s", cf_as_str(context), cf_as_str(arg));
}

// ----- many at once -----

enum { MANY = 1000 };

static void many_tasks_are_submitted_at_once(void)
{
    static cf_value args[MANY];
    static cf_future *futures[MANY];
    for (int i = 0; i < MANY; i++) {
        args[i] = cf_int(i);
    }
    cf_with (pool, cf_thread_pool(.max_workers = 3)) {
        cf_submit_many(pool, itself, args, MANY, futures);
        for (int i = 0; i < MANY; i++) {
            CU_ASSERT_EQUAL(cf_as_int(cf_result(futures[i])), i);
        }
        cf_submit_many_with(pool, add, 100, args, MANY, futures);
        for (int i = 0; i < MANY; i++) {
            CU_ASSERT_EQUAL(cf_as_int(cf_result(futures[i])), i + 100);
        }
        cf_submit_many(pool, itself, args, 0, futures);
    }
}

static void many_tasks_start_no_more_threads_than_there_are_tasks(void)
{
    struct gate gate = GATE_CLOSED;
    const cf_value args[] = {cf_ptr(&gate), cf_ptr(&gate)};
    cf_future *futures[2];
    cf_with (pool, cf_thread_pool(.max_workers = 8)) {
        cf_submit_many(pool, pass_gate, args, 2, futures);
        gate_await(&gate, 2);
        gate_open(&gate);
    }
    CU_ASSERT_EQUAL(threads_created(), 2);
}

static void sleeping_threads_are_woken_for_many_tasks(void)
{
    struct gate gate = GATE_CLOSED;
    struct gate second = GATE_CLOSED;
    cf_value args[4];
    cf_future *futures[4];
    cf_with (pool, cf_thread_pool(.max_workers = 4)) {
        for (int i = 0; i < 4; i++) {
            args[i] = cf_ptr(&gate);
        }
        cf_submit_many(pool, pass_gate, args, 4, futures);
        gate_await(&gate, 4);
        gate_open(&gate);
        for (int i = 0; i < 4; i++) {
            cf_result(futures[i]);
            args[i] = cf_ptr(&second);
        }
        cf_submit_many(pool, pass_gate, args, 4, futures);
        gate_await(&second, 4);
        gate_open(&second);
    }
    CU_ASSERT_EQUAL(threads_created(), 4);
}

static void many_arguments_and_a_context_are_given_away(void)
{
    cf_future *futures[3];
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        const cf_value names[] = {cf_format("Ada"), cf_str("Ben"),
                                  cf_format("Cleo")};
        cf_submit_many_with(pool, join, cf_format("Hello,"), names, 3, futures);
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(futures[0])), "Hello, Ada");
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(futures[1])), "Hello, Ben");
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(futures[2])), "Hello, Cleo");
    }
}

static void many_tasks_for_a_pool_that_is_shut_down_are_all_refused(void)
{
    const cf_value args[] = {cf_int(1), cf_int(2)};
    cf_future *futures[2];
    cf_with (pool, cf_thread_pool()) {
        cf_shutdown(pool, CF_NO_WAIT);
        cf_submit_many(pool, itself, args, 2, futures);
        CU_ASSERT_EQUAL(code_of(futures[0]), CF_ESHUTDOWN);
        CU_ASSERT_EQUAL(code_of(futures[1]), CF_ESHUTDOWN);
    }
    fail_request(1, false);
    cf_with (pool, cf_thread_pool()) {
        cf_submit_many(pool, itself, args, 2, futures);
        CU_ASSERT_EQUAL(code_of(futures[1]), CF_EBROKEN);
    }
}

static void one_that_gets_no_memory_does_not_harm_the_others(void)
{
    const cf_value args[] = {cf_str("a"), cf_str("b"), cf_str("c")};
    cf_future *futures[3];
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_result(cf_submit(pool, itself, 1));
        fail_request(4, false);  // the second text
        cf_submit_many(pool, itself, args, 3, futures);
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(futures[0])), "a");
        CU_ASSERT_EQUAL(code_of(futures[1]), ENOMEM);
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(futures[2])), "c");
    }
}

// ----- a bound that refuses -----

static void a_full_pool_refuses_when_asked_to(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 2, .max_pending = 3,
                                  .when_full = CF_REFUSE)) {
        cf_future *futures[7];
        for (int i = 0; i < 7; i++) {
            futures[i] = cf_submit(pool, pass_gate, cf_ptr(&gate));
        }
        // Two run, or are about to, and three wait, however slow the threads.
        for (int i = 5; i < 7; i++) {
            CU_ASSERT_TRUE(cf_done(futures[i]));
            CU_ASSERT_EQUAL(code_of(futures[i]), CF_EFULL);
        }
        CU_ASSERT_TRUE(cf_cancel(futures[4]));
        cf_future *instead = cf_submit(pool, pass_gate, cf_ptr(&gate));
        CU_ASSERT_FALSE(cf_done(instead));
        CU_ASSERT_EQUAL(code_of(cf_submit(pool, itself, 1)), CF_EFULL);
        gate_open(&gate);
        for (int i = 0; i < 4; i++) {
            CU_ASSERT_EQUAL(code_of(futures[i]), 0);
        }
        CU_ASSERT_EQUAL(code_of(instead), 0);
    }
}

static void of_many_tasks_those_that_fit_are_admitted(void)
{
    struct gate gate = GATE_CLOSED;
    cf_value args[6];
    cf_future *futures[6];
    for (int i = 0; i < 6; i++) {
        args[i] = cf_ptr(&gate);
    }
    cf_with (pool, cf_thread_pool(.max_workers = 1, .max_pending = 2,
                                  .when_full = CF_REFUSE)) {
        cf_submit_many(pool, pass_gate, args, 6, futures);
        gate_open(&gate);
        for (int i = 0; i < 6; i++) {
            CU_ASSERT_EQUAL(code_of(futures[i]), i < 3 ? 0 : CF_EFULL);
        }
    }
}

// ----- a bound that blocks -----

static struct cf_test_snapshot look(void)
{
    struct cf_test_snapshot snapshot;
    cf_test_snapshot(&snapshot);
    return snapshot;
}

struct producer {
    pthread_t thread;
    cf_executor *pool;
    cf_future *future;
};

static void *submit_one(void *arg)
{
    struct producer *producer = arg;
    producer->future = cf_submit(producer->pool, itself, 5);
    return NULL;
}

// A pool that is full: one thread in the gate, one task waiting.
static cf_executor *full_pool(struct gate *gate, cf_future **waiting)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 1, .max_pending = 1);
    cf_submit(pool, pass_gate, cf_ptr(gate));
    gate_await(gate, 1);
    *waiting = cf_submit(pool, itself, 4);
    return pool;
}

static void start_blocked_producer(struct producer *producer, cf_executor *pool)
{
    producer->pool = pool;
    CU_ASSERT_EQUAL_FATAL(
        pthread_create(&producer->thread, NULL, submit_one, producer), 0);
    while (look().callers_blocked == 0) {
    }
    CU_ASSERT_EQUAL(look().submitted, 2);
}

static void submitting_to_a_full_pool_waits_for_room(void)
{
    struct gate gate = GATE_CLOSED;
    struct producer producer;
    cf_future *waiting;
    cf_test_begin(NULL, NULL);
    cf_executor *pool = full_pool(&gate, &waiting);
    start_blocked_producer(&producer, pool);
    gate_open(&gate);
    pthread_join(producer.thread, NULL);
    CU_ASSERT_EQUAL(cf_as_int(cf_result(producer.future)), 5);
    CU_ASSERT_EQUAL(look().callers_blocked, 0);
    cf_close(pool);
    cf_test_end();
}

static struct gate before;
static cf_future *inner;

static cf_value wait_for_inner(cf_value unused)
{
    (void)unused;
    gate_enter(&before);
    return cf_result(inner);
}

// As soon as it has begun: it stays in its gate until the producer is through.
static void what_a_task_runs_in_place_makes_room(void)
{
    struct gate inside = GATE_CLOSED;
    struct producer producer;
    before = (struct gate)GATE_CLOSED;
    cf_test_begin(NULL, NULL);
    cf_with (pool, cf_thread_pool(.max_workers = 1, .max_pending = 1)) {
        cf_submit(pool, wait_for_inner, 0);
        gate_await(&before, 1);
        inner = cf_submit(pool, pass_gate, cf_ptr(&inside));
        start_blocked_producer(&producer, pool);
        gate_open(&before);
        pthread_join(producer.thread, NULL);
        gate_open(&inside);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(producer.future)), 5);
    }
    cf_test_end();
}

static void a_cancel_makes_room(void)
{
    struct gate gate = GATE_CLOSED;
    struct producer producer;
    cf_future *waiting;
    cf_test_begin(NULL, NULL);
    cf_executor *pool = full_pool(&gate, &waiting);
    start_blocked_producer(&producer, pool);
    CU_ASSERT_TRUE(cf_cancel(waiting));
    pthread_join(producer.thread, NULL);
    CU_ASSERT_EQUAL(look().callers_blocked, 0);
    gate_open(&gate);
    CU_ASSERT_EQUAL(cf_as_int(cf_result(producer.future)), 5);
    cf_close(pool);
    cf_test_end();
}

static void a_shutdown_ends_the_wait_for_room(void)
{
    struct gate gate = GATE_CLOSED;
    struct producer producer;
    cf_future *waiting;
    cf_test_begin(NULL, NULL);
    cf_executor *pool = full_pool(&gate, &waiting);
    start_blocked_producer(&producer, pool);
    cf_shutdown(pool, CF_NO_WAIT);
    CU_ASSERT_EQUAL(look().callers_blocked, 0);
    pthread_join(producer.thread, NULL);
    CU_ASSERT_EQUAL(code_of(producer.future), CF_ESHUTDOWN);
    gate_open(&gate);
    cf_close(pool);
    cf_test_end();
}

static void a_producer_gets_thousands_through_a_bound_of_one(void)
{
    enum { COUNT = 3000 };
    static cf_future *futures[COUNT];
    static cf_value args[COUNT];
    for (int i = 0; i < COUNT; i++) {
        args[i] = cf_int(i);
    }
    cf_with (pool, cf_thread_pool(.max_workers = 2, .max_pending = 1)) {
        cf_submit_many(pool, itself, args, COUNT, futures);
        for (int i = 0; i < COUNT; i++) {
            CU_ASSERT_EQUAL(cf_as_int(cf_result(futures[i])), i);
        }
    }
}

static atomic_int runs;

// Each task submits two more, to a pool that has room for one.
static cf_value split(cf_value context, cf_value depth)
{
    cf_executor *pool = cf_as_ptr(context);
    runs++;
    if (cf_as_int(depth) > 0) {
        cf_release(cf_submit_with(pool, split, context, cf_as_int(depth) - 1));
        cf_release(cf_submit_with(pool, split, context, cf_as_int(depth) - 1));
    }
    return cf_none();
}

static void tasks_that_submit_to_their_own_full_pool_do_not_lock_up(void)
{
    runs = 0;
    cf_executor *pool = cf_thread_pool(.max_workers = 1, .max_pending = 1);
    cf_result(cf_submit_with(pool, split, cf_ptr(pool), 9));
    // What is in the queue is submitted by tasks that run, so this waits.
    while (runs < (1 << 10) - 1) {
        cf_result(cf_submit(pool, itself, 1));
    }
    cf_close(pool);
    CU_ASSERT_EQUAL(runs, (1 << 10) - 1);
}

static struct gate filled;

static cf_value submit_endlessly(cf_value context, cf_value depth)
{
    cf_executor *pool = cf_as_ptr(context);
    if (cf_as_int(depth) == 1) {
        gate_enter(&filled);
    }
    cf_future *next =
        cf_submit_with(pool, submit_endlessly, context, cf_as_int(depth) + 1);
    if (cf_done(next) && code_of(next) == CF_EFULL) {
        runs = (int)cf_as_int(depth);
    }
    return cf_none();
}

static void tasks_run_in_place_by_a_full_pool_have_a_depth_limit(void)
{
    filled = (struct gate)GATE_CLOSED;
    runs = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 1, .max_pending = 1)) {
        cf_future *first =
            cf_submit_with(pool, submit_endlessly, cf_ptr(pool), 1);
        gate_await(&filled, 1);
        cf_submit(pool, itself, 1);  // stays in the queue meanwhile
        gate_open(&filled);
        CU_ASSERT_EQUAL(code_of(first), 0);
    }
    CU_ASSERT_EQUAL(runs, 256);
}

static cf_value submit_to_full(cf_value context, cf_value arg)
{
    return cf_result(cf_submit((cf_executor *)cf_as_ptr(context), itself, arg));
}

static void a_task_that_waits_for_room_elsewhere_lends_a_spare(void)
{
    struct gate gate = GATE_CLOSED;
    cf_future *waiting;
    cf_executor *full = full_pool(&gate, &waiting);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *producer =
            cf_submit_with(pool, submit_to_full, cf_ptr(full), 6);
        cf_submit(pool, open_gate, cf_ptr(&gate));  // on a spare
        CU_ASSERT_EQUAL(cf_as_int(cf_result(producer)), 6);
    }
    cf_close(full);
}

static CU_TestInfo many[] = {
    TEST(many_tasks_are_submitted_at_once),
    TEST(many_tasks_start_no_more_threads_than_there_are_tasks),
    TEST(sleeping_threads_are_woken_for_many_tasks),
    TEST(many_arguments_and_a_context_are_given_away),
    TEST(many_tasks_for_a_pool_that_is_shut_down_are_all_refused),
    TEST(one_that_gets_no_memory_does_not_harm_the_others),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo refusing[] = {
    TEST(a_full_pool_refuses_when_asked_to),
    TEST(of_many_tasks_those_that_fit_are_admitted),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo blocking[] = {
    TEST(submitting_to_a_full_pool_waits_for_room),
    TEST(a_cancel_makes_room),
    TEST(what_a_task_runs_in_place_makes_room),
    TEST(a_shutdown_ends_the_wait_for_room),
    TEST(a_producer_gets_thousands_through_a_bound_of_one),
    TEST(tasks_that_submit_to_their_own_full_pool_do_not_lock_up),
    TEST(tasks_run_in_place_by_a_full_pool_have_a_depth_limit),
    TEST(a_task_that_waits_for_room_elsewhere_lends_a_spare),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("many at once", many),
    SUITE("a bound that refuses", refusing),
    SUITE("a bound that blocks", blocking),
    CU_SUITE_INFO_NULL,
};
