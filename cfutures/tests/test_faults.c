// Whatever the library asks the system for may be refused. Here the 1st, 2nd,
// 3rd, ... request of a whole program fails, until the program gets through
// without a failure; once alone, and once with all that come after it. Each
// time: an error or the right result, no hang, no leak, and the pool works.

#include <cfutures.h>

#include "support.h"

#include <errno.h>
#include <stdatomic.h>
#include <string.h>

static cf_value greet(cf_value name)
{
    if (cf_failed(name)) {
        return name;
    }
    (void)cf_fail(EIO, "dropped");
    const cf_value greeting = cf_format("Hello, %s!", cf_as_str(name));
    return cf_failed(greeting) ? greeting : cf_copy(greeting);
}

static cf_value join(cf_value context, cf_value arg)
{
    if (cf_failed(context) || cf_failed(arg)) {
        return cf_fail(EINVAL, "nothing to join");
    }
    return cf_format("%s%s", cf_as_str(context), cf_as_str(arg));
}

static cf_value greet_in_place(cf_value pool)
{
    return cf_result(cf_submit((cf_executor *)cf_as_ptr(pool), greet, "Bob"));
}

static cf_value refuse(cf_value arg)
{
    (void)arg;
    const cf_value cause = cf_fail(ENOENT, "first");
    return cf_fail_because(cause, EDOM, "second");
}

static bool is_shortage(const cf_error *error)
{
    return error->code == ENOMEM ||
           (error->code == CF_EBROKEN && error->cause != NULL) ||
           // The error about an error could not be made either.
           (error->code == EINVAL && error->cause == NULL);
}

static void check_text(cf_value value, const char *expected)
{
    if (cf_failed(value)) {
        CU_ASSERT_TRUE(is_shortage(cf_as_error(value)));
    } else {
        CU_ASSERT_STRING_EQUAL(cf_as_str(value), expected);
    }
}

static void check_code(const cf_error *error, int code)
{
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT(error->code == code || is_shortage(error));
}

// ----- programs, each of one subject -----

static void futures(void)
{
    cf_future *kept = NULL;
    cf_value copy = cf_none();
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *a = cf_submit(pool, greet, "Ada");
        cf_future *b = cf_submit_with(pool, join, "left-", cf_format("right"));
        cf_future *c = cf_submit(pool, greet_in_place, cf_ptr(pool));
        cf_future *d = cf_submit(pool, refuse, cf_none());
        check_text(cf_result(a), "Hello, Ada!");
        check_text(cf_result(b), "left-right");
        check_text(cf_result(c), "Hello, Bob!");
        check_code(cf_exception(d), EDOM);
        copy = cf_copy(cf_result(a));
        cf_release(a);
        kept = cf_keep(b);
        cf_shutdown(pool, CF_WAIT);
        check_code(cf_exception(cf_submit(pool, greet, "late")), CF_ESHUTDOWN);
    }
    check_text(cf_result(kept), "left-right");
    cf_release(kept);
    check_text(copy, "Hello, Ada!");
    cf_free(copy);
}

static void say_nothing(const char *report)
{
    (void)report;
}

static cf_value have_seed(cf_value seed)
{
    return cf_failed(seed) ? seed : cf_format("%s", cf_as_str(seed));
}

static void workers_with_an_initializer(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 2, .name = "seeded",
                                  .initializer = have_seed,
                                  .initializer_arg = cf_format("seed"),
                                  .finalizer = have_seed,
                                  .finalizer_arg = cf_str("seed"))) {
        cf_future *a = cf_submit(pool, greet, "Ada");
        cf_future *b = cf_submit(pool, greet, "Ben");
        check_text(cf_result(a), "Hello, Ada!");
        check_text(cf_result(b), "Hello, Ben!");
    }
}

static atomic_int calls;

static void count_call(cf_future *future, cf_value context)
{
    (void)future;
    check_text(context, "a context");
    calls++;
}

static void callbacks(void)
{
    int registered = 0;
    calls = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *a = cf_submit(pool, greet, "Ada");
        registered += cf_on_done(a, count_call, "a context");
        registered += cf_on_done(a, count_call, cf_format("a context"));
        check_text(cf_result(a), "Hello, Ada!");
        registered += cf_on_done(a, count_call, "a context");
    }
    CU_ASSERT_EQUAL(calls, registered);
}

static void many_through_a_bound(void)
{
    const cf_value names[] = {cf_str("Ada"), cf_format("Ben"), cf_str("Cleo")};
    cf_future *futures[3];
    cf_with (pool, cf_thread_pool(.max_workers = 1, .max_pending = 1)) {
        cf_submit_many_with(pool, join, "x", names, 3, futures);
        check_text(cf_result(futures[0]), "xAda");
        check_text(cf_result(futures[1]), "xBen");
        check_text(cf_result(futures[2]), "xCleo");
    }
}

static void several_futures(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *futures[3];
        for (int i = 0; i < 3; i++) {
            futures[i] = cf_submit(pool, greet, "Ada");
        }
        const size_t done = cf_wait(futures, 3, CF_ALL_COMPLETED, CF_FOREVER);
        CU_ASSERT(done == 3 || a_request_failed());
        size_t given = 0;
        cf_for_completed (future, futures, 3) {
            check_text(cf_result(future), "Hello, Ada!");
            given++;
        }
        CU_ASSERT(given == 3 || a_request_failed());
        cf_completed *completed = cf_as_completed(futures, 1, CF_FOREVER);
        const bool is_added = cf_completed_add(completed, futures[1]);
        CU_ASSERT(is_added || a_request_failed());
        cf_next_completed(completed);
        cf_completed_close(completed);
    }
}

static void contexts_and_tasks_without_a_future(void)
{
    cf_set_context("for all");
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_execute(pool, greet, cf_format("Ada"));
        cf_execute(pool, refuse, cf_none());
        cf_future *future = cf_submit_within(pool, greet, "Ben", 1e6);
        check_text(cf_result(future), "Hello, Ben!");
    }
    cf_set_context(cf_none());
}

static void tasks_that_start_later(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *far = cf_after(pool, 1e6, greet, cf_format("nobody"));
        cf_future *near = cf_after_with(pool, 1e-6, join, "x", "Ada");
        check_text(cf_result(near), "xAda");
        cf_cancel(far);
    }
}

static cf_value greet_from(cf_value context, cf_value name)
{
    (void)context;
    return greet(name);
}

static void chains_and_promises(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *promise = cf_promise(pool);
        cf_future *once = cf_then(promise, greet);
        cf_future *twice = cf_then_with(once, greet_from, "a context");
        cf_future *caught = cf_catch(twice, greet);
        cf_set_result(promise, "Ada");
        check_text(cf_result(twice), "Hello, Hello, Ada!!");
        CU_ASSERT_TRUE(cf_done(promise));
        cf_result(caught);
        check_text(cf_result(cf_then(promise, greet)), "Hello, Ada!");
    }
}

static const struct {
    void (*run)(void);
    unsigned fewest_requests;  // it does make requests
} programs[] = {
    {futures, 20},
    {workers_with_an_initializer, 8},
    {many_through_a_bound, 8},
    {tasks_that_start_later, 5},
    {contexts_and_tasks_without_a_future, 12},
    {callbacks, 8},
    {several_futures, 20},
    {chains_and_promises, 16},
};

// ----- each request refused in turn -----

static void fail_each_request_of(void (*program)(void), unsigned fewest,
                                 bool for_ever)
{
    unsigned n = 0;
    cf_on_log(say_nothing);  // of finalizers that fail
    do {
        n++;
        fail_request(n, for_ever);
        program();
        CU_ASSERT_EQUAL(blocks_in_use(), 0);
    } while (a_request_failed());
    cf_on_log(NULL);
    CU_ASSERT(n > fewest);
}

static void fail_each_request(bool for_ever)
{
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++) {
        fail_each_request_of(programs[i].run, programs[i].fewest_requests,
                             for_ever);
    }
}

static void any_one_request_may_fail(void)
{
    fail_each_request(false);
}

static void all_requests_from_any_on_may_fail(void)
{
    fail_each_request(true);
}

static void a_pool_works_again_when_there_is_memory_again(void)
{
    for (unsigned n = 1; n <= 10; n++) {
        cf_with (pool, cf_thread_pool(.max_workers = 2)) {
            fail_request(n, true);
            cf_future *failed = cf_submit(pool, greet, "Ada");
            check_text(cf_result(failed), "Hello, Ada!");
            fail_request(0, false);
            cf_future *future = cf_submit(pool, greet, "Ada");
            const cf_value greeting = cf_result(future);
            CU_ASSERT_FALSE_FATAL(cf_failed(greeting));
            CU_ASSERT_STRING_EQUAL(cf_as_str(greeting), "Hello, Ada!");
        }
    }
}

static void a_negative_pool_without_memory_is_broken_all_the_same(void)
{
    for (unsigned n = 1; n <= 6; n++) {
        fail_request(n, true);
        cf_with (pool, cf_thread_pool(.max_workers = -1)) {
            const cf_error *error = cf_exception(cf_submit(pool, greet, "Ada"));
            CU_ASSERT_PTR_NOT_NULL_FATAL(error);
            CU_ASSERT(error->code == CF_EBROKEN || error->code == ENOMEM);
        }
    }
}

static CU_TestInfo tests[] = {
    TEST(any_one_request_may_fail),
    TEST(all_requests_from_any_on_may_fail),
    TEST(a_pool_works_again_when_there_is_memory_again),
    TEST(a_negative_pool_without_memory_is_broken_all_the_same),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("faults", tests),
    CU_SUITE_INFO_NULL,
};
