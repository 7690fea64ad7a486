// Callbacks: each is called once, after its future is done, in order, by the
// thread that ends the future; and the pool waits for them.

#include <cfutures.h>

#include "support.h"

#include <cfutures_testing.h>
#include <stdatomic.h>
#include <string.h>

static cf_value same(cf_value x)
{
    return x;
}

// ----- what callbacks note down -----

enum { MOST_NOTES = 100 };

static struct {
    atomic_int calls;
    int64_t contexts[MOST_NOTES];
    cf_future *future;
    pthread_t thread;
    bool was_done;
} notes;

static void forget_notes(void)
{
    notes.calls = 0;
    notes.future = NULL;
    notes.was_done = false;
}

static void note(cf_future *future, cf_value context)
{
    notes.contexts[notes.calls] = cf_as_int(context);
    notes.future = future;
    notes.thread = pthread_self();
    notes.was_done = cf_done(future);
    notes.calls++;
}

static void count_call(cf_future *future, cf_value context)
{
    (void)future;
    (void)context;
    notes.calls++;
}

static bool was_called_here(void)
{
    return pthread_equal(notes.thread, pthread_self());
}

// ----- when, how often, in which order, where -----

static void it_is_called_when_the_future_is_done(void)
{
    struct gate gate = GATE_CLOSED;
    cf_future *future = NULL;
    forget_notes();
    cf_with (pool, cf_thread_pool()) {
        future = cf_submit(pool, pass_gate, cf_ptr(&gate));
        CU_ASSERT_TRUE(cf_on_done(future, note, 7));
        CU_ASSERT_EQUAL(notes.calls, 0);
        gate_open(&gate);
    }
    CU_ASSERT_EQUAL(notes.calls, 1);
    CU_ASSERT_EQUAL(notes.contexts[0], 7);
    CU_ASSERT_PTR_EQUAL(notes.future, future);
    CU_ASSERT_TRUE(notes.was_done);
    CU_ASSERT_FALSE(was_called_here());
}

static void they_are_called_in_the_order_of_registration(void)
{
    struct gate gate = GATE_CLOSED;
    forget_notes();
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, pass_gate, cf_ptr(&gate));
        for (int i = 0; i < 10; i++) {
            cf_on_done(future, note, i);
        }
        gate_open(&gate);
    }
    CU_ASSERT_EQUAL(notes.calls, 10);
    for (int i = 0; i < 10; i++) {
        CU_ASSERT_EQUAL(notes.contexts[i], i);
    }
}

static void on_a_future_that_is_done_it_is_called_at_once(void)
{
    forget_notes();
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, same, 1);
        cf_result(future);
        cf_on_done(future, note, 2);
        CU_ASSERT_EQUAL(notes.calls, 1);
        CU_ASSERT_TRUE(was_called_here());
    }
    CU_ASSERT_EQUAL(notes.calls, 1);
}

static void on_a_refused_future_it_is_called_at_once(void)
{
    forget_notes();
    cf_with (pool, cf_thread_pool()) {
        fail_request(1, true);
        cf_future *immortal = cf_submit(pool, same, 1);
        fail_request(0, false);
        cf_on_done(immortal, note, 1);
        cf_shutdown(pool, CF_NO_WAIT);
        cf_on_done(cf_submit(pool, same, 1), note, 2);
    }
    CU_ASSERT_EQUAL(notes.calls, 2);
}

static void on_a_kept_future_it_is_called_after_the_pool(void)
{
    forget_notes();
    cf_future *kept = NULL;
    cf_with (pool, cf_thread_pool()) {
        kept = cf_keep(cf_submit(pool, same, 1));
    }
    cf_on_done(kept, note, 1);
    CU_ASSERT_EQUAL(notes.calls, 1);
    cf_release(kept);
}

static void the_one_who_cancels_calls(void)
{
    struct gate gate = GATE_CLOSED;
    forget_notes();
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_submit(pool, pass_gate, cf_ptr(&gate));
        cf_future *future = cf_submit(pool, same, 1);
        cf_on_done(future, note, 1);
        CU_ASSERT_TRUE(cf_cancel(future));
        CU_ASSERT_EQUAL(notes.calls, 1);
        CU_ASSERT_TRUE(was_called_here());
        CU_ASSERT_TRUE(cf_cancel(future));
        CU_ASSERT_EQUAL(notes.calls, 1);
        gate_open(&gate);
    }
    CU_ASSERT_EQUAL(notes.calls, 1);
}

static void each_is_called_once_however_late_it_comes(void)
{
    enum { ROUNDS = 2000 };
    forget_notes();
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        for (int i = 0; i < ROUNDS; i++) {
            cf_future *future = cf_submit(pool, same, i);
            cf_on_done(future, count_call, i);
            cf_on_done(future, count_call, i);
            cf_release(future);
        }
    }
    CU_ASSERT_EQUAL(notes.calls, 2 * ROUNDS);
}

// ----- the pool waits -----

static void pass_gate_in_callback(cf_future *future, cf_value gate)
{
    (void)future;
    gate_enter(cf_as_ptr(gate));
    notes.calls++;
}

static void *open_when_reached(void *gate)
{
    gate_await(gate, 1);
    gate_open(gate);
    return NULL;
}

static void shutting_down_waits_for_callbacks(void)
{
    struct gate gate = GATE_CLOSED;
    forget_notes();
    cf_with (pool, cf_thread_pool()) {
        pthread_t opener;
        CU_ASSERT_EQUAL_FATAL(
            pthread_create(&opener, NULL, open_when_reached, &gate), 0);
        struct gate task_gate = GATE_CLOSED;
        cf_future *future = cf_submit(pool, pass_gate, cf_ptr(&task_gate));
        cf_on_done(future, pass_gate_in_callback, cf_ptr(&gate));
        gate_open(&task_gate);
        cf_shutdown(pool, CF_WAIT);
        CU_ASSERT_EQUAL(notes.calls, 1);
        pthread_join(opener, NULL);
    }
}

static void a_worker_in_a_callback_is_busy(void)
{
    struct gate gate = GATE_CLOSED;
    struct cf_test_snapshot now;
    cf_test_begin(NULL, NULL);
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        struct gate task_gate = GATE_CLOSED;
        cf_future *future = cf_submit(pool, pass_gate, cf_ptr(&task_gate));
        cf_on_done(future, pass_gate_in_callback, cf_ptr(&gate));
        gate_open(&task_gate);
        gate_await(&gate, 1);
        cf_test_snapshot(&now);
        CU_ASSERT_EQUAL(now.finished, 1);
        CU_ASSERT_EQUAL(now.workers_busy, 1);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_submit(pool, same, 3))), 3);
        gate_open(&gate);
    }
    cf_test_snapshot(&now);
    CU_ASSERT_EQUAL(now.workers_busy, 0);
    CU_ASSERT_EQUAL(now.callers_blocked, 0);
    cf_test_end();
}

static void what_is_queued_meanwhile_has_not_started(void)
{
    struct gate gate = GATE_CLOSED;
    struct gate task_gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *future = cf_submit(pool, pass_gate, cf_ptr(&task_gate));
        cf_on_done(future, pass_gate_in_callback, cf_ptr(&gate));
        cf_future *next = cf_submit(pool, same, 1);
        gate_open(&task_gate);
        gate_await(&gate, 1);
        CU_ASSERT_TRUE(cf_cancel(next));
        gate_open(&gate);
    }
}

// ----- what a callback may do -----

static cf_executor *pool_of_callbacks;

static void submit_and_wait(cf_future *future, cf_value context)
{
    (void)context;
    const int64_t n = cf_as_int(cf_result(future));
    cf_future *next = cf_submit(pool_of_callbacks, same, n + 1);
    notes.contexts[0] = cf_as_int(cf_result(next));
    notes.calls++;
}

static void it_may_submit_and_wait_on_a_pool_of_one_worker(void)
{
    forget_notes();
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        pool_of_callbacks = pool;
        cf_future *future = cf_submit(pool, pass_gate, cf_ptr(&gate));
        cf_on_done(future, submit_and_wait, 0);
        gate_open(&gate);
        // Not shut down before the callback has submitted.
        while (notes.calls == 0) {
            cf_result(cf_submit(pool, same, 0));
        }
    }
    CU_ASSERT_EQUAL(notes.contexts[0], 2);
}

static void wait_for_the_other_pool(cf_future *future, cf_value other)
{
    (void)future;
    notes.contexts[0] = cf_as_int(cf_result(cf_as_ptr(other)));
    notes.calls++;
}

static void it_may_wait_in_a_thread_that_is_no_worker(void)
{
    forget_notes();
    struct gate gate = GATE_CLOSED;
    struct gate other_gate = GATE_CLOSED;
    pthread_t opener;
    cf_with (other, cf_thread_pool()) {
        cf_with (pool, cf_thread_pool(.max_workers = 1)) {
            cf_submit(pool, pass_gate, cf_ptr(&gate));
            cf_submit(pool, same, 2);  // stays queued: no spare is lent
            cf_future *future = cf_submit(pool, same, 3);
            cf_future *awaited =
                cf_submit(other, pass_gate, cf_ptr(&other_gate));
            cf_on_done(future, wait_for_the_other_pool, cf_ptr(awaited));
            CU_ASSERT_EQUAL_FATAL(
                pthread_create(&opener, NULL, open_when_reached, &other_gate),
                0);
            cf_cancel(future);
            CU_ASSERT_EQUAL(threads_created(), 2);
            gate_open(&gate);
        }
    }
    pthread_join(opener, NULL);
    CU_ASSERT_EQUAL(notes.calls, 1);
    CU_ASSERT_EQUAL(notes.contexts[0], 1);
}

static void release_it(cf_future *future, cf_value context)
{
    (void)context;
    cf_release(future);
    notes.calls++;
}

static void it_may_release_the_future(void)
{
    forget_notes();
    cf_with (pool, cf_thread_pool()) {
        for (int i = 0; i < 100; i++) {
            struct gate gate = GATE_CLOSED;
            cf_future *future = cf_submit(pool, pass_gate, cf_ptr(&gate));
            cf_on_done(future, release_it, 0);
            gate_open(&gate);
            while (notes.calls <= i) {
                cf_result(cf_submit(pool, same, 0));
            }
        }
    }
    CU_ASSERT_EQUAL(notes.calls, 100);
}

static void register_another(cf_future *future, cf_value context)
{
    const int64_t n = cf_as_int(context);
    if (n > 0) {
        cf_on_done(future, register_another, n - 1);
    }
    notes.calls++;
}

static void it_may_register_another_one(void)
{
    forget_notes();
    cf_with (pool, cf_thread_pool()) {
        cf_on_done(cf_submit(pool, same, 1), register_another, 10);
    }
    CU_ASSERT_EQUAL(notes.calls, 11);
}

static void make_values(cf_future *future, cf_value context)
{
    (void)future;
    (void)cf_format("%s, dropped", cf_as_str(context));
    (void)cf_fail(1, "dropped");
    notes.calls++;
}

static void values_that_it_makes_are_freed(void)
{
    forget_notes();
    cf_with (pool, cf_thread_pool()) {
        cf_on_done(cf_submit(pool, same, 1), make_values, "a text");
    }
    CU_ASSERT_EQUAL(notes.calls, 1);  // and support.c counts the memory
}

static atomic_int freed;

static void count_freed(void *data)
{
    (void)data;
    freed++;
}

static void the_context_is_freed_once_after_the_call(void)
{
    static int data;
    forget_notes();
    freed = 0;
    cf_with (pool, cf_thread_pool()) {
        cf_on_done(cf_submit(pool, same, 1), count_call,
                   cf_take(&data, count_freed));
    }
    CU_ASSERT_EQUAL(notes.calls, 1);
    CU_ASSERT_EQUAL(freed, 1);
}

static void without_memory_nothing_is_called(void)
{
    static int data;
    forget_notes();
    freed = 0;
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, same, 1);
        const cf_value taken = cf_take(&data, count_freed);
        fail_request(1, false);
        CU_ASSERT_FALSE(cf_on_done(future, count_call, taken));
        CU_ASSERT_EQUAL(freed, 1);
        fail_request(2, false);
        CU_ASSERT_FALSE(cf_on_done(future, count_call, "a text"));
        CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 1);
    }
    CU_ASSERT_EQUAL(notes.calls, 0);
}

static void note_whether_in_task(cf_future *future, cf_value context)
{
    (void)future;
    (void)context;
    notes.calls += cf_test_in_task() ? 1 : 10;
}

static void it_is_no_task(void)
{
    forget_notes();
    cf_with (pool, cf_thread_pool()) {
        cf_on_done(cf_submit(pool, same, 1), note_whether_in_task, 0);
    }
    CU_ASSERT_EQUAL(notes.calls, 10);
}

// ----- wrong use -----

static void close_in_callback(cf_future *future, cf_value pool)
{
    (void)future;
    cf_close(cf_as_ptr(pool));
}

static void close_the_own_pool(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, same, 1);
        cf_result(future);
        cf_on_done(future, close_in_callback, cf_ptr(pool));
    }
}

static cf_value close_two_pools(cf_value outer)
{
    cf_with (inner, cf_thread_pool()) {
        cf_future *future = cf_submit(inner, same, 1);
        cf_result(future);
        cf_on_done(future, close_in_callback, outer);
    }
    return cf_none();
}

static void close_the_pool_of_the_task_below(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_result(cf_submit(pool, close_two_pools, cf_ptr(pool)));
    }
}

static void misread(cf_future *future, cf_value context)
{
    (void)context;
    (void)cf_as_str(cf_result(future));
}

static void stop_in_callback(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_on_done(cf_submit(pool, same, 1), misread, 0);
    }
}

static void call_back_on_nothing(void)
{
    cf_on_done(NULL, count_call, 0);
}

static void call_nothing_back(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_on_done(cf_submit(pool, same, 1), NULL, 0);
    }
}

static void wrong_use_stops_the_program(void)
{
    CHECK_STOPS(close_the_own_pool, "cf_close: called inside a task");
    CHECK_STOPS(close_the_pool_of_the_task_below,
                "cf_close: called inside a task");
    CHECK_STOPS(stop_in_callback, "This was in a callback of the task same, ");
    CHECK_STOPS(call_back_on_nothing, "cf_on_done: the future is NULL");
    CHECK_STOPS(call_nothing_back, "cf_on_done: the callback is NULL");
}

static CU_TestInfo calling[] = {
    TEST(it_is_called_when_the_future_is_done),
    TEST(they_are_called_in_the_order_of_registration),
    TEST(on_a_future_that_is_done_it_is_called_at_once),
    TEST(on_a_refused_future_it_is_called_at_once),
    TEST(on_a_kept_future_it_is_called_after_the_pool),
    TEST(the_one_who_cancels_calls),
    TEST(each_is_called_once_however_late_it_comes),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo pools[] = {
    TEST(shutting_down_waits_for_callbacks),
    TEST(a_worker_in_a_callback_is_busy),
    TEST(what_is_queued_meanwhile_has_not_started),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo rights[] = {
    TEST(it_may_submit_and_wait_on_a_pool_of_one_worker),
    TEST(it_may_wait_in_a_thread_that_is_no_worker),
    TEST(it_may_release_the_future),
    TEST(it_may_register_another_one),
    TEST(values_that_it_makes_are_freed),
    TEST(the_context_is_freed_once_after_the_call),
    TEST(without_memory_nothing_is_called),
    TEST(it_is_no_task),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo misuse[] = {
    TEST(wrong_use_stops_the_program),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("calling", calling),
    SUITE("the pool waits", pools),
    SUITE("what a callback may do", rights),
    SUITE("wrong use", misuse),
    CU_SUITE_INFO_NULL,
};
