// Continuations: what runs, what is skipped, what passes on; cancelling a
// chain; and that a chain of any length needs no stack.

#include <cfutures.h>

#include "support.h"

#include <cfutures_testing.h>
#include <errno.h>
#include <stdatomic.h>
#include <string.h>

static cf_value same(cf_value x)
{
    return x;
}

static atomic_int runs;

static cf_value plus_one(cf_value x)
{
    runs++;
    return cf_int(cf_as_int(x) + 1);
}

static cf_value fail(cf_value x)
{
    return cf_fail(EDOM, "no %lld", (long long)cf_as_int(x));
}

static cf_value code_of_error(cf_value error)
{
    runs++;
    return cf_int(cf_as_error(error)->code);
}

static cf_value add(cf_value context, cf_value x)
{
    return cf_int(cf_as_int(context) + cf_as_int(x));
}

static cf_value greet(cf_value name)
{
    return cf_format("Hello, %s!", cf_as_str(name));
}

static cf_value count_run(cf_value outcome)
{
    (void)outcome;
    runs++;
    return cf_none();
}

// ----- what runs and what is skipped -----

static void a_result_goes_on_from_task_to_task(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *three =
            cf_then(cf_then(cf_submit(pool, same, 1), plus_one), plus_one);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(three)), 3);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_then_with(three, add, 10))), 13);
    }
}

static void a_text_goes_on(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *name = cf_submit(pool, greet, "Ada");
        cf_future *greeting = cf_then(name, greet);
        cf_release(name);
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(greeting)),
                               "Hello, Hello, Ada!!");
    }
}

static void an_error_skips_the_rest_and_arrives_as_it_was(void)
{
    runs = 0;
    cf_with (pool, cf_thread_pool()) {
        cf_future *failed = cf_submit(pool, fail, 7);
        cf_future *last = cf_then(cf_then(failed, plus_one), plus_one);
        const cf_error *error = cf_exception(last);
        CU_ASSERT_PTR_NOT_NULL_FATAL(error);
        CU_ASSERT_EQUAL(error->code, EDOM);
        CU_ASSERT_STRING_EQUAL(error->message, "no 7");
        CU_ASSERT_STRING_EQUAL(error->function, "fail");
        CU_ASSERT_PTR_NULL(error->cause);
    }
    CU_ASSERT_EQUAL(runs, 0);
}

static void catch_runs_on_an_error_only(void)
{
    runs = 0;
    cf_with (pool, cf_thread_pool()) {
        cf_future *caught = cf_catch(cf_submit(pool, fail, 7), code_of_error);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(caught)), EDOM);
        cf_future *passed = cf_catch(cf_submit(pool, same, 7), code_of_error);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(passed)), 7);
    }
    CU_ASSERT_EQUAL(runs, 1);
}

static cf_value code_plus(cf_value context, cf_value error)
{
    return cf_int(cf_as_int(context) + cf_as_error(error)->code);
}

static void the_chain_goes_on_after_a_catch(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *caught =
            cf_catch_with(cf_submit(pool, fail, 7), code_plus, 1000);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_then(caught, plus_one))),
                        1001 + EDOM);
    }
}

static void finally_runs_always_and_passes_on_what_there_was(void)
{
    runs = 0;
    cf_with (pool, cf_thread_pool()) {
        cf_future *good = cf_finally(cf_submit(pool, same, 7), count_run);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(good)), 7);
        cf_future *bad = cf_finally(cf_submit(pool, fail, 7), count_run);
        CU_ASSERT_EQUAL(code_of(bad), EDOM);
        cf_future *text = cf_finally(cf_submit(pool, greet, "Ada"), count_run);
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(text)), "Hello, Ada!");
    }
    CU_ASSERT_EQUAL(runs, 3);
}

static cf_value fail_with(cf_value code, cf_value outcome)
{
    (void)outcome;
    return cf_fail((int)cf_as_int(code), "the cleaning up failed");
}

static void a_failure_of_finally_itself_is_the_outcome(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *good =
            cf_finally_with(cf_submit(pool, same, 7), fail_with, EIO);
        CU_ASSERT_EQUAL(code_of(good), EIO);
        cf_future *bad =
            cf_finally_with(cf_submit(pool, fail, 7), fail_with, EIO);
        CU_ASSERT_EQUAL(code_of(bad), EIO);
    }
}

static void several_may_go_on_from_one(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool()) {
        cf_future *head = cf_submit(pool, pass_gate, cf_ptr(&gate));
        cf_future *tails[10];
        for (int i = 0; i < 10; i++) {
            tails[i] = cf_then_with(head, add, i);
        }
        gate_open(&gate);
        for (int i = 0; i < 10; i++) {
            CU_ASSERT_EQUAL(cf_as_int(cf_result(tails[i])), i + 1);
        }
    }
}

static void what_comes_after_is_pending_until_then(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool()) {
        cf_future *head = cf_submit(pool, pass_gate, cf_ptr(&gate));
        cf_future *tail = cf_then(head, plus_one);
        gate_await(&gate, 1);
        CU_ASSERT_FALSE(cf_done(tail));
        CU_ASSERT_FALSE(cf_running(tail));
        gate_open(&gate);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(tail)), 2);
    }
}

// ----- values -----

static atomic_int freed;

static void count_freed(void *data)
{
    (void)data;
    freed++;
}

static cf_value take_data(cf_value data)
{
    return cf_take(cf_as_ptr(data), count_freed);
}

static cf_value read_data(cf_value data)
{
    CU_ASSERT_EQUAL(freed, 0);
    return cf_int(*(const int *)cf_as_ptr(data));
}

static void what_a_head_has_taken_lives_until_the_tail_has_read_it(void)
{
    static int data = 7;
    struct gate gate = GATE_CLOSED;
    freed = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *head = cf_submit(pool, take_data, cf_ptr(&data));
        cf_future *block = cf_submit(pool, pass_gate, cf_ptr(&gate));
        cf_result(head);
        cf_future *tail = cf_then(head, read_data);
        cf_release(head);
        CU_ASSERT_EQUAL(freed, 0);
        gate_open(&gate);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(tail)), 7);
        cf_result(block);
        cf_release(tail);
    }
    CU_ASSERT_EQUAL(freed, 1);
}

// ----- long chains, and small pools -----

enum { LENGTH = 20000 };

static void a_long_chain_that_is_skipped_needs_no_stack(void)
{
    runs = 0;
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *block = cf_submit(pool, pass_gate, cf_ptr(&gate));
        cf_future *last = cf_submit(pool, fail, 7);
        for (int i = 0; i < LENGTH; i++) {
            last = cf_then(last, plus_one);
        }
        gate_open(&gate);
        cf_result(block);
        CU_ASSERT_EQUAL(code_of(last), EDOM);
    }
    CU_ASSERT_EQUAL(runs, 0);
}

static void a_long_chain_is_cancelled_without_a_stack(void)
{
    runs = 0;
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_submit(pool, pass_gate, cf_ptr(&gate));
        cf_future *first = cf_submit(pool, plus_one, 0);
        cf_future *last = first;
        for (int i = 0; i < LENGTH; i++) {
            last = cf_then(last, plus_one);
        }
        CU_ASSERT_TRUE(cf_cancel(last));
        CU_ASSERT_TRUE(cf_cancelled(first));
        gate_open(&gate);
    }
    CU_ASSERT_EQUAL(runs, 0);
}

static void a_long_chain_runs_to_its_end_while_the_pool_is_closed(void)
{
    runs = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *last = cf_submit(pool, same, 0);
        for (int i = 0; i < 2000; i++) {
            last = cf_then(last, plus_one);
        }
    }
    CU_ASSERT_EQUAL(runs, 2000);
}

static cf_executor *pool_of_tasks;

static cf_value wait_for_chain(cf_value x)
{
    cf_future *head = cf_submit(pool_of_tasks, plus_one, x);
    return cf_result(cf_then(cf_then(head, plus_one), plus_one));
}

static void a_pool_of_one_worker_runs_a_chain_in_place(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        pool_of_tasks = pool;
        CU_ASSERT_EQUAL(
            cf_as_int(cf_result(cf_submit(pool, wait_for_chain, 1))), 4);
        CU_ASSERT_EQUAL(threads_created(), 1);
    }
}

struct self {
    struct gate is_known;
    cf_future *tail;
};

static cf_value wait_for_own_tail(cf_value arg)
{
    struct self *self = cf_as_ptr(arg);
    gate_enter(&self->is_known);
    return cf_result(self->tail);
}

static void waiting_for_what_comes_after_oneself_is_an_error(void)
{
    struct self self = {GATE_CLOSED, NULL};
    cf_with (pool, cf_thread_pool()) {
        cf_future *head = cf_submit(pool, wait_for_own_tail, cf_ptr(&self));
        self.tail = cf_then(cf_then(head, same), same);
        gate_open(&self.is_known);
        CU_ASSERT_EQUAL(code_of(head), CF_EDEADLOCK);
        CU_ASSERT_EQUAL(code_of(self.tail), CF_EDEADLOCK);
    }
}

// ----- cancelling -----

static void cancelling_the_last_cancels_what_nobody_else_uses(void)
{
    runs = 0;
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_submit(pool, pass_gate, cf_ptr(&gate));
        cf_future *head = cf_submit(pool, plus_one, 0);
        cf_future *tail = cf_then(head, plus_one);
        CU_ASSERT_TRUE(cf_cancel(tail));
        CU_ASSERT_TRUE(cf_cancelled(tail));
        CU_ASSERT_TRUE(cf_cancelled(head));
        gate_open(&gate);
    }
    CU_ASSERT_EQUAL(runs, 0);
}

static void do_nothing(cf_future *future, cf_value context)
{
    (void)future;
    (void)context;
}

static void cancelling_the_last_leaves_what_somebody_uses(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_submit(pool, pass_gate, cf_ptr(&gate));
        cf_future *kept = cf_keep(cf_submit(pool, same, 1));
        cf_future *forked = cf_submit(pool, same, 2);
        cf_future *watched = cf_submit(pool, same, 3);
        cf_future *told = cf_submit(pool, same, 4);
        cf_future *other = cf_then(forked, same);
        cf_completed *completed = cf_as_completed(&watched, 1, CF_FOREVER);
        cf_on_done(told, do_nothing, 0);
        cf_future *heads[] = {kept, forked, watched, told};
        for (int i = 0; i < 4; i++) {
            CU_ASSERT_TRUE(cf_cancel(cf_then(heads[i], plus_one)));
            CU_ASSERT_FALSE(cf_done(heads[i]));
        }
        gate_open(&gate);
        for (int i = 0; i < 4; i++) {
            CU_ASSERT_EQUAL(cf_as_int(cf_result(heads[i])), i + 1);
        }
        CU_ASSERT_EQUAL(cf_as_int(cf_result(other)), 2);
        cf_completed_close(completed);
        cf_release(kept);
    }
}

static void a_running_head_goes_on_without_its_tail(void)
{
    runs = 0;
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *head = cf_submit(pool, pass_gate, cf_ptr(&gate));
        gate_await(&gate, 1);
        cf_future *tail = cf_then(head, plus_one);
        CU_ASSERT_TRUE(cf_cancel(tail));
        gate_open(&gate);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(head)), 1);
        CU_ASSERT_EQUAL(code_of(tail), CF_ECANCELLED);
    }
    CU_ASSERT_EQUAL(runs, 0);
}

static void cancelling_the_first_is_an_error_for_the_rest(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_submit(pool, pass_gate, cf_ptr(&gate));
        cf_future *head = cf_submit(pool, same, 1);
        cf_future *tail = cf_then(head, plus_one);
        cf_future *caught = cf_catch(tail, code_of_error);
        CU_ASSERT_TRUE(cf_cancel(head));
        CU_ASSERT_EQUAL(code_of(tail), CF_ECANCELLED);
        CU_ASSERT_FALSE(cf_cancelled(tail));
        gate_open(&gate);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(caught)), CF_ECANCELLED);
    }
}

// ----- pools that end, that are broken, and without memory -----

static void a_chain_is_refused_after_shutdown_but_an_error_passes(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *good = cf_submit(pool, same, 1);
        cf_future *bad = cf_submit(pool, fail, 1);
        cf_shutdown(pool, CF_WAIT);
        CU_ASSERT_EQUAL(code_of(cf_then(good, plus_one)), CF_ESHUTDOWN);
        CU_ASSERT_EQUAL(code_of(cf_finally(bad, count_run)), CF_ESHUTDOWN);
        CU_ASSERT_EQUAL(code_of(cf_then(bad, plus_one)), EDOM);
    }
}

static void a_kept_future_goes_on_no_more_when_its_pool_is_closed(void)
{
    cf_future *kept = NULL;
    cf_with (pool, cf_thread_pool()) {
        kept = cf_keep(cf_submit(pool, same, 1));
    }
    cf_future *tail = cf_then(kept, plus_one);
    CU_ASSERT_EQUAL(code_of(tail), CF_ESHUTDOWN);  // nobody has to release it
    cf_release(kept);
}

static void what_could_not_be_submitted_is_the_end_of_its_chain(void)
{
    cf_with (pool, cf_thread_pool()) {
        fail_request(1, true);
        cf_future *immortal = cf_submit(pool, same, 1);
        fail_request(0, false);
        cf_future *tail = cf_then(immortal, plus_one);
        CU_ASSERT_EQUAL(code_of(tail), ENOMEM);
        CU_ASSERT_EQUAL(code_of(cf_catch_with(tail, add, "text")), ENOMEM);
    }
}

static cf_value first_of_two(cf_value context, cf_value x)
{
    (void)x;
    return context;
}

static void without_memory_the_continuation_has_failed(void)
{
    for (unsigned n = 1; n <= 3; n++) {
        cf_with (pool, cf_thread_pool()) {
            cf_future *head = cf_promise(pool);
            const cf_value context = cf_format("text");
            fail_request(n, false);
            cf_future *tail = cf_then_with(head, first_of_two, context);
            CU_ASSERT_EQUAL(a_request_failed(), n < 3);
            fail_request(0, false);
            cf_set_result(head, 1);
            CU_ASSERT_EQUAL(code_of(tail), n < 3 ? ENOMEM : 0);
        }
    }
}

static void a_continuation_that_gets_no_thread_has_failed(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *promise = cf_promise(pool);
        cf_future *tail = cf_then(promise, plus_one);
        fail_threads(true);
        cf_set_result(promise, 1);
        CU_ASSERT_EQUAL(code_of(tail), CF_EBROKEN);
        fail_threads(false);
    }
}

static cf_value fail_at_start(cf_value x)
{
    (void)x;
    return cf_fail(EIO, "no start");
}

static void a_continuation_on_a_broken_pool_has_failed(void)
{
    cf_with (pool, cf_thread_pool(.initializer = fail_at_start)) {
        cf_future *promise = cf_promise(pool);
        cf_future *tail = cf_then(promise, plus_one);
        CU_ASSERT_EQUAL(code_of(cf_submit(pool, same, 1)), CF_EBROKEN);
        cf_set_result(promise, 1);
        CU_ASSERT_EQUAL(code_of(tail), CF_EBROKEN);
    }
}

static void the_test_hooks_count_each_as_a_task(void)
{
    struct cf_test_snapshot now;
    cf_test_begin(NULL, NULL);
    cf_with (pool, cf_thread_pool()) {
        cf_then(cf_then(cf_submit(pool, fail, 1), plus_one), plus_one);
        cf_then(cf_submit(pool, same, 1), plus_one);
    }
    cf_test_snapshot(&now);
    CU_ASSERT_EQUAL(now.submitted, 5);
    CU_ASSERT_EQUAL(now.finished, 5);
    cf_test_end();
}

// ----- wrong use -----

static void go_on_from_nothing(void)
{
    cf_then(NULL, same);
}

static void go_on_with_nothing(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_catch(cf_submit(pool, same, 1), (cf_task)NULL);
    }
}

static void wrong_use_stops_the_program(void)
{
    CHECK_STOPS(go_on_from_nothing, "cf_then: the future is NULL for the task");
    CHECK_STOPS(go_on_with_nothing, "cf_catch: the task is NULL");
}

static CU_TestInfo outcomes[] = {
    TEST(a_result_goes_on_from_task_to_task),
    TEST(a_text_goes_on),
    TEST(an_error_skips_the_rest_and_arrives_as_it_was),
    TEST(catch_runs_on_an_error_only),
    TEST(the_chain_goes_on_after_a_catch),
    TEST(finally_runs_always_and_passes_on_what_there_was),
    TEST(a_failure_of_finally_itself_is_the_outcome),
    TEST(several_may_go_on_from_one),
    TEST(what_comes_after_is_pending_until_then),
    TEST(what_a_head_has_taken_lives_until_the_tail_has_read_it),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo sizes[] = {
    TEST(a_long_chain_that_is_skipped_needs_no_stack),
    TEST(a_long_chain_is_cancelled_without_a_stack),
    TEST(a_long_chain_runs_to_its_end_while_the_pool_is_closed),
    TEST(a_pool_of_one_worker_runs_a_chain_in_place),
    TEST(waiting_for_what_comes_after_oneself_is_an_error),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo cancelling[] = {
    TEST(cancelling_the_last_cancels_what_nobody_else_uses),
    TEST(cancelling_the_last_leaves_what_somebody_uses),
    TEST(a_running_head_goes_on_without_its_tail),
    TEST(cancelling_the_first_is_an_error_for_the_rest),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo ends[] = {
    TEST(a_chain_is_refused_after_shutdown_but_an_error_passes),
    TEST(a_kept_future_goes_on_no_more_when_its_pool_is_closed),
    TEST(what_could_not_be_submitted_is_the_end_of_its_chain),
    TEST(without_memory_the_continuation_has_failed),
    TEST(a_continuation_that_gets_no_thread_has_failed),
    TEST(a_continuation_on_a_broken_pool_has_failed),
    TEST(the_test_hooks_count_each_as_a_task),
    TEST(wrong_use_stops_the_program),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("what runs and what passes on", outcomes),
    SUITE("long chains and small pools", sizes),
    SUITE("cancelling", cancelling),
    SUITE("pools that end, and wrong use", ends),
    CU_SUITE_INFO_NULL,
};
