// Chapter 4 of the header: results, state queries, keep and release, time
// limits, and waiting inside a task.

#include <cfutures.h>

#include "support.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

static cf_value square(cf_value arg)
{
    const int64_t side = cf_as_int(arg);
    return cf_int(side * side);
}

static cf_value fail(cf_value arg)
{
    (void)arg;
    return cf_fail(1, "no");
}

// ----- results -----

static void a_result_may_be_asked_for_again(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, square, -7);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 49);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 49);
        CU_ASSERT_PTR_NULL(cf_exception(future));
    }
}

static cf_value kind_of(cf_value arg)
{
    return cf_str(cf_kind_name(arg));
}

#define CHECK_KIND(pool, arg, kind) \
    CU_ASSERT_STRING_EQUAL(         \
        cf_as_str(cf_result(cf_submit(pool, kind_of, arg))), kind)

static void arguments_of_all_kinds_arrive(void)
{
    char text[] = "text";
    cf_with (pool, cf_thread_pool()) {
        CHECK_KIND(pool, (int8_t)1, "int");
        CHECK_KIND(pool, (uint16_t)1, "int");
        CHECK_KIND(pool, 1UL, "int");
        CHECK_KIND(pool, true, "int");
        CHECK_KIND(pool, 'c', "int");
        CHECK_KIND(pool, 1.5f, "double");
        CHECK_KIND(pool, 1.5, "double");
        CHECK_KIND(pool, "literal", "text");
        CHECK_KIND(pool, text, "text");
        CHECK_KIND(pool, cf_ptr(text), "pointer");
        CHECK_KIND(pool, cf_bytes(text, 2), "bytes");
        CHECK_KIND(pool, cf_none(), "nothing");
        CHECK_KIND(pool, UINT64_MAX, "error");
    }
}

static cf_value scaled(cf_value factor, cf_value arg)
{
    return cf_int(cf_as_int(factor) * cf_as_int(arg));
}

static void a_context_goes_with_each_call(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *two = cf_submit_with(pool, scaled, 10, 2);
        cf_future *three = cf_submit_with(pool, scaled, 10, 3);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(two)), 20);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(three)), 30);
    }
}

// ----- states -----

static void a_future_is_pending_then_running_then_finished(void)
{
    struct gate first = GATE_CLOSED;
    struct gate second = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *one = cf_submit(pool, pass_gate, cf_ptr(&first));
        cf_future *two = cf_submit(pool, pass_gate, cf_ptr(&second));
        gate_await(&first, 1);
        CU_ASSERT_TRUE(cf_running(one));
        CU_ASSERT_FALSE(cf_done(one));
        CU_ASSERT_FALSE(cf_running(two));
        CU_ASSERT_FALSE(cf_done(two));
        gate_open(&first);
        gate_await(&second, 1);
        CU_ASSERT_FALSE(cf_running(one));
        CU_ASSERT_TRUE(cf_done(one));
        CU_ASSERT_TRUE(cf_running(two));
        gate_open(&second);
        cf_result(two);
        CU_ASSERT_TRUE(cf_done(two));
        CU_ASSERT_FALSE(cf_running(two));
    }
}

static void a_failed_future_is_done(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, fail, cf_none());
        CU_ASSERT_EQUAL(cf_exception(future)->code, 1);
        CU_ASSERT_TRUE(cf_done(future));
        CU_ASSERT_FALSE(cf_running(future));
    }
}

// ----- keep and release -----

static void a_kept_future_outlives_its_pool(void)
{
    cf_future *kept = NULL;
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, square, 3);
        kept = cf_keep(future);
        CU_ASSERT_PTR_EQUAL(kept, future);
        cf_keep(kept);
    }
    CU_ASSERT_TRUE(cf_done(kept));
    cf_release(kept);
    CU_ASSERT_EQUAL(cf_as_int(cf_result(kept)), 9);
    CU_ASSERT_EQUAL(cf_as_int(cf_result_within(kept, 0)), 9);
    cf_release(kept);
}

static void a_release_undoes_a_keep(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, square, 3);
        cf_release(cf_keep(future));
        CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 9);  // still the pool's
    }
}

static void a_kept_future_may_be_released_before_and_after_its_pool(void)
{
    cf_future *kept = NULL;
    cf_with (pool, cf_thread_pool()) {
        kept = cf_keep(cf_keep(cf_submit(pool, square, 3)));
        cf_release(kept);  // a keep
    }
    CU_ASSERT_EQUAL(cf_as_int(cf_result(kept)), 9);
    cf_release(kept);  // the other
}

static atomic_int runs;

static cf_value count_run(cf_value arg)
{
    runs++;
    return arg;
}

static void the_task_of_a_released_future_still_runs(void)
{
    runs = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        for (int i = 0; i < 100; i++) {
            cf_release(cf_submit(pool, count_run, "some text"));
        }
    }
    CU_ASSERT_EQUAL(runs, 100);
}

static void futures_may_be_released_in_any_order(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *futures[5];
        for (int i = 0; i < 5; i++) {
            futures[i] = cf_submit(pool, square, i);
        }
        static const int order[] = {2, 0, 4};  // middle, and both ends
        for (int i = 0; i < 3; i++) {
            cf_release(futures[order[i]]);
        }
        CU_ASSERT_EQUAL(cf_as_int(cf_result(futures[1])), 1);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(futures[3])), 9);
        cf_release(futures[3]);
    }
}

static void releasing_nothing_is_allowed(void)
{
    cf_release(NULL);
}

// ----- time limits -----

static int code_within(cf_future *future, double seconds)
{
    const cf_error *error = cf_as_error(cf_result_within(future, seconds));
    return error == NULL ? 0 : error->code;
}

static void a_wait_of_no_time_looks_once(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, pass_gate, cf_ptr(&gate));
        CU_ASSERT_EQUAL(code_within(future, 0), CF_ETIMEOUT);
        CU_ASSERT_EQUAL(code_within(future, -1), CF_ETIMEOUT);
        CU_ASSERT_EQUAL(code_within(future, -INFINITY), CF_ETIMEOUT);
        CU_ASSERT_EQUAL(code_within(future, (double)NAN), CF_ETIMEOUT);
        gate_open(&gate);
        cf_result(future);
        CU_ASSERT_EQUAL(code_within(future, 0), 0);
        CU_ASSERT_EQUAL(code_within(future, -1), 0);
        CU_ASSERT_EQUAL(code_within(future, (double)NAN), 0);
    }
}

static void a_wait_that_times_out_leaves_the_future_alone(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, pass_gate, cf_ptr(&gate));
        CU_ASSERT_EQUAL(code_within(future, 0.001), CF_ETIMEOUT);
        CU_ASSERT_EQUAL(code_within(future, 1e-9), CF_ETIMEOUT);
        CU_ASSERT_EQUAL(code_within(future, 1e-300), CF_ETIMEOUT);
        CU_ASSERT_FALSE(cf_done(future));
        gate_open(&gate);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 1);
    }
}

static void a_long_time_limit_ends_with_the_task(void)
{
    static const double limits[] = {3600, 9e8, 1e9, 1e300, INFINITY};
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        cf_with (pool, cf_thread_pool()) {
            cf_future *future = cf_submit(pool, square, 4);
            CU_ASSERT_EQUAL(cf_as_int(cf_result_within(future, limits[i])), 16);
        }
    }
}

// ----- waiting inside a task -----

static cf_executor *pool_of_tasks;

static cf_value fibonacci(cf_value arg)
{
    const int64_t n = cf_as_int(arg);
    if (n < 2) {
        return arg;
    }
    cf_future *one = cf_submit(pool_of_tasks, fibonacci, n - 1);
    cf_future *two = cf_submit(pool_of_tasks, fibonacci, n - 2);
    return cf_int(cf_as_int(cf_result(one)) + cf_as_int(cf_result(two)));
}

static void a_pool_of_one_worker_does_not_lock_up_on_itself(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        pool_of_tasks = pool;
        CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_submit(pool, fibonacci, 12))),
                        144);
        CU_ASSERT_EQUAL(threads_created(), 1);
    }
}

static cf_value third_of_three(cf_value arg)
{
    (void)arg;
    cf_future *futures[3];
    for (int i = 0; i < 3; i++) {
        futures[i] = cf_submit(pool_of_tasks, square, i + 1);
    }
    // From the end, the middle and the front of the queue.
    const int64_t sum = cf_as_int(cf_result(futures[2])) +
                        cf_as_int(cf_result(futures[1])) +
                        cf_as_int(cf_result(futures[0]));
    return cf_int(sum);
}

static void any_pending_task_can_be_run_in_place(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        pool_of_tasks = pool;
        cf_future *future = cf_submit(pool, third_of_three, cf_none());
        CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 14);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_submit(pool, square, 5))), 25);
    }
}

static cf_value failure_of_inner(cf_value arg)
{
    (void)arg;
    const cf_error *error =
        cf_exception(cf_submit(pool_of_tasks, fail, cf_none()));
    return cf_int(error == NULL ? 0 : error->code);
}

static void an_exception_is_found_in_place(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        pool_of_tasks = pool;
        cf_future *future = cf_submit(pool, failure_of_inner, cf_none());
        CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 1);
    }
}

static cf_value wait_for_other_pool(cf_value arg)
{
    return cf_result(cf_submit(cf_as_ptr(arg), square, 6));
}

static void a_task_may_wait_for_another_pool(void)
{
    cf_with (inner, cf_thread_pool(.max_workers = 1)) {
        cf_with (outer, cf_thread_pool(.max_workers = 1)) {
            cf_future *future =
                cf_submit(outer, wait_for_other_pool, cf_ptr(inner));
            CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 36);
        }
    }
}

struct self {
    struct gate is_known;
    cf_future *future;
};

static cf_value wait_for_itself(cf_value arg)
{
    struct self *self = cf_as_ptr(arg);
    gate_enter(&self->is_known);
    return cf_result(self->future);
}

static void waiting_for_itself_is_an_error(void)
{
    struct self self = {GATE_CLOSED, NULL};
    cf_with (pool, cf_thread_pool()) {
        self.future = cf_submit(pool, wait_for_itself, cf_ptr(&self));
        gate_open(&self.is_known);
        const cf_error *error = cf_exception(self.future);
        CU_ASSERT_PTR_NOT_NULL_FATAL(error);
        CU_ASSERT_EQUAL(error->code, CF_EDEADLOCK);
        CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "wait_for_itself"));
    }
}

static cf_value wait_for_outer(cf_value arg)
{
    return cf_result(cf_as_ptr(arg));
}

static cf_value wait_for_one_that_waits_for_this(cf_value arg)
{
    struct self *self = cf_as_ptr(arg);
    gate_enter(&self->is_known);
    cf_future *inner =
        cf_submit(pool_of_tasks, wait_for_outer, cf_ptr(self->future));
    return cf_result(inner);
}

static void waiting_for_the_task_below_on_the_stack_is_an_error(void)
{
    struct self self = {GATE_CLOSED, NULL};
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        pool_of_tasks = pool;
        self.future =
            cf_submit(pool, wait_for_one_that_waits_for_this, cf_ptr(&self));
        gate_open(&self.is_known);
        CU_ASSERT_EQUAL(cf_exception(self.future)->code, CF_EDEADLOCK);
    }
}

static cf_value chain(cf_value arg)
{
    const int64_t n = cf_as_int(arg);
    if (n == 1) {
        return cf_int(1);
    }
    const cf_value rest = cf_result(cf_submit(pool_of_tasks, chain, n - 1));
    return cf_failed(rest) ? rest : cf_int(1 + cf_as_int(rest));
}

static void a_chain_too_deep_for_the_stack_is_an_error(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        pool_of_tasks = pool;
        CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_submit(pool, chain, 256))), 256);
        const cf_error *error = cf_exception(cf_submit(pool, chain, 257));
        CU_ASSERT_PTR_NOT_NULL_FATAL(error);
        CU_ASSERT_EQUAL(error->code, CF_EDEADLOCK);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_submit(pool, square, 2))), 4);
    }
}

static cf_value look_at_pending(cf_value arg)
{
    (void)arg;
    cf_future *inner = cf_submit(pool_of_tasks, square, 3);
    const cf_value now = cf_result_within(inner, 0);
    return cf_int(cf_failed(now) ? cf_as_error(now)->code : 0);
}

static void a_wait_with_a_limit_runs_nothing_in_place(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        pool_of_tasks = pool;
        cf_future *future = cf_submit(pool, look_at_pending, cf_none());
        CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), CF_ETIMEOUT);
    }
}

static CU_TestInfo results[] = {
    TEST(a_result_may_be_asked_for_again),
    TEST(arguments_of_all_kinds_arrive),
    TEST(a_context_goes_with_each_call),
    TEST(a_future_is_pending_then_running_then_finished),
    TEST(a_failed_future_is_done),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo lives[] = {
    TEST(a_kept_future_outlives_its_pool),
    TEST(a_release_undoes_a_keep),
    TEST(a_kept_future_may_be_released_before_and_after_its_pool),
    TEST(the_task_of_a_released_future_still_runs),
    TEST(futures_may_be_released_in_any_order),
    TEST(releasing_nothing_is_allowed),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo limits[] = {
    TEST(a_wait_of_no_time_looks_once),
    TEST(a_wait_that_times_out_leaves_the_future_alone),
    TEST(a_long_time_limit_ends_with_the_task),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo inside[] = {
    TEST(a_pool_of_one_worker_does_not_lock_up_on_itself),
    TEST(any_pending_task_can_be_run_in_place),
    TEST(an_exception_is_found_in_place),
    TEST(a_task_may_wait_for_another_pool),
    TEST(waiting_for_itself_is_an_error),
    TEST(waiting_for_the_task_below_on_the_stack_is_an_error),
    TEST(a_chain_too_deep_for_the_stack_is_an_error),
    TEST(a_wait_with_a_limit_runs_nothing_in_place),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("results and states", results),
    SUITE("keep and release", lives),
    SUITE("time limits", limits),
    SUITE("waiting inside a task", inside),
    CU_SUITE_INFO_NULL,
};
