// Chapter 3 of the header: what a pool's threads do before their first task and
// after their last, and what they are called.

#define _GNU_SOURCE  // pthread_getname_np

#include <cfutures.h>

#include "support.h"

#include <errno.h>
#include <stdatomic.h>
#include <string.h>

// ----- initializers -----

static atomic_int initialized;
static atomic_int finalized;
static _Thread_local int mine;

static cf_value initialize(cf_value number)
{
    initialized++;
    mine = (int)cf_as_int(number);
    return cf_format("%s", "dropped");
}

static cf_value finalize(cf_value number)
{
    finalized += (int)cf_as_int(number);
    return cf_none();
}

static cf_value read_mine(cf_value gate)
{
    gate_enter(cf_as_ptr(gate));
    return cf_int(mine);
}

static void each_thread_is_initialized_once_before_its_first_task(void)
{
    struct gate gate = GATE_CLOSED;
    cf_future *futures[12];
    initialized = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 3, .initializer = initialize,
                                  .initializer_arg = cf_int(7))) {
        for (int i = 0; i < 12; i++) {
            futures[i] = cf_submit(pool, read_mine, cf_ptr(&gate));
        }
        gate_await(&gate, 3);
        gate_open(&gate);
        for (int i = 0; i < 12; i++) {
            CU_ASSERT_EQUAL(cf_as_int(cf_result(futures[i])), 7);
        }
    }
    CU_ASSERT_EQUAL(initialized, 3);
}

static void a_pool_without_tasks_initializes_nothing(void)
{
    initialized = 0;
    finalized = 0;
    cf_with (pool,
             cf_thread_pool(.initializer = initialize,
                            .initializer_arg = cf_int(1), .finalizer = finalize,
                            .finalizer_arg = cf_int(1))) {
        (void)pool;
    }
    CU_ASSERT_EQUAL(initialized, 0);
    CU_ASSERT_EQUAL(finalized, 0);
}

static cf_value keep_text(cf_value text)
{
    return strcmp(cf_as_str(text), "a text that was copied") == 0
               ? cf_none()
               : cf_fail(EINVAL, "got %s", cf_as_str(text));
}

static void the_pool_copies_the_argument_of_the_initializer(void)
{
    char text[] = "a text that was copied";
    cf_executor *pool = cf_thread_pool(.initializer = keep_text,
                                       .initializer_arg = cf_str(text));
    memset(text, 'x', sizeof text - 1);
    CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_submit(pool, itself, 3))), 3);
    cf_close(pool);
}

static void the_pool_takes_a_loose_argument_over(void)
{
    cf_with (pool, cf_thread_pool(.initializer = keep_text,
                                  .initializer_arg =
                                      cf_format("a text that %s", "was "
                                                                  "copied"),
                                  .finalizer = keep_text,
                                  .finalizer_arg = cf_format("a text that %s",
                                                             "was copied"))) {
        CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_submit(pool, itself, 3))), 3);
    }
}

static cf_value report_misuse(cf_value arg)
{
    return cf_int(cf_as_int(arg));
}

static void stop_in_an_initializer(void)
{
    cf_with (pool, cf_thread_pool(.initializer = report_misuse,
                                  .initializer_arg = cf_str("no number"))) {
        cf_result(cf_submit(pool, itself, 1));
    }
}

static void a_report_names_the_initializer(void)
{
    CHECK_STOPS(stop_in_an_initializer, "in the task initializer of the pool");
}

// ----- initializers that fail -----

static struct gate start_gate;
static atomic_int attempts;

// The first thread is well, every other one fails when the gate is opened.
static cf_value only_the_first_is_well(cf_value unused)
{
    (void)unused;
    if (attempts++ == 0) {
        return cf_none();
    }
    gate_enter(&start_gate);
    return cf_fail(ECONNREFUSED, "no connection for thread %d", attempts);
}

static cf_value always_fail(cf_value unused)
{
    (void)unused;
    return cf_fail(ECONNREFUSED, "no connection at all");
}

static void check_broken_by_initializer(cf_future *future)
{
    const cf_error *error = cf_exception(future);
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT_EQUAL(error->code, CF_EBROKEN);
    CU_ASSERT_PTR_NOT_NULL_FATAL(error->cause);
    CU_ASSERT_EQUAL(error->cause->code, ECONNREFUSED);
    CU_ASSERT_STRING_EQUAL(error->cause->function, "always_fail");
}

static void a_failed_initializer_breaks_the_pool(void)
{
    cf_with (pool,
             cf_thread_pool(.max_workers = 2, .initializer = always_fail)) {
        cf_future *queued[5];
        for (int i = 0; i < 5; i++) {
            queued[i] = cf_submit(pool, itself, i);
        }
        for (int i = 0; i < 5; i++) {
            check_broken_by_initializer(queued[i]);
        }
        check_broken_by_initializer(cf_submit(pool, itself, 6));
    }
}

static void an_error_outlives_the_pool_that_it_broke(void)
{
    cf_future *kept = NULL;
    cf_with (pool, cf_thread_pool(.initializer = always_fail)) {
        kept = cf_keep(cf_submit(pool, itself, 1));
    }
    check_broken_by_initializer(kept);
    cf_release(kept);
}

static void a_task_on_a_healthy_thread_still_succeeds(void)
{
    struct gate task_gate = GATE_CLOSED;
    start_gate = (struct gate)GATE_CLOSED;
    attempts = 0;
    finalized = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 2,
                                  .initializer = only_the_first_is_well,
                                  .finalizer = finalize,
                                  .finalizer_arg = cf_int(1))) {
        cf_future *running = cf_submit(pool, pass_gate, cf_ptr(&task_gate));
        gate_await(&task_gate, 1);
        cf_future *queued = cf_submit(pool, itself, 2);
        gate_await(&start_gate, 1);
        CU_ASSERT_FALSE(cf_done(queued));
        gate_open(&start_gate);
        CU_ASSERT_EQUAL(code_of(queued), CF_EBROKEN);
        CU_ASSERT_TRUE(cf_running(running));
        CU_ASSERT_EQUAL(code_of(cf_submit(pool, itself, 3)), CF_EBROKEN);
        gate_open(&task_gate);
        CU_ASSERT_EQUAL(code_of(running), 0);
    }
    CU_ASSERT_EQUAL(finalized, 1);  // the one that was initialized
}

// ----- finalizers -----

static void each_thread_is_finalized_after_its_last_task(void)
{
    struct gate gate = GATE_CLOSED;
    finalized = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 3, .finalizer = finalize,
                                  .finalizer_arg = cf_int(10))) {
        for (int i = 0; i < 6; i++) {
            cf_submit(pool, pass_gate, cf_ptr(&gate));
        }
        gate_await(&gate, 3);
        gate_open(&gate);
        cf_shutdown(pool, CF_WAIT);
        CU_ASSERT_EQUAL(finalized, 0);
    }
    CU_ASSERT_EQUAL(finalized, 30);
}

static cf_value submit_too_late(cf_value arg)
{
    cf_future *late = cf_submit((cf_executor *)cf_as_ptr(arg), itself, 1);
    finalized += code_of(late) == CF_ESHUTDOWN;
    return cf_none();
}

static cf_executor *finalized_pool;

static cf_value submit_to_own_pool(cf_value unused)
{
    (void)unused;
    return submit_too_late(cf_ptr(finalized_pool));
}

static void a_finalizer_cannot_submit_any_more(void)
{
    finalized = 0;
    finalized_pool = cf_thread_pool(.finalizer = submit_to_own_pool);
    cf_submit(finalized_pool, itself, 1);
    cf_close(finalized_pool);
    CU_ASSERT_EQUAL(finalized, 1);
}

// ----- names -----

#ifdef __linux__
static cf_value thread_name(cf_value gate)
{
    char name[16];
    gate_enter(cf_as_ptr(gate));
    return pthread_getname_np(pthread_self(), name, sizeof name) == 0
               ? cf_format("%s", name)
               : cf_fail(EINVAL, "no name");
}

// The names of three threads that run at once, in any order.
static bool has_thread(cf_future *futures[3], const char *name)
{
    int times = 0;
    for (int i = 0; i < 3; i++) {
        times += strcmp(cf_as_str(cf_result(futures[i])), name) == 0;
    }
    return times == 1;
}

static void check_names(const char *name, const char *first, const char *second,
                        const char *third)
{
    struct gate gate = GATE_CLOSED;
    cf_future *futures[3];
    cf_with (pool, cf_thread_pool(.max_workers = 3, .name = name)) {
        for (int i = 0; i < 3; i++) {
            futures[i] = cf_submit(pool, thread_name, cf_ptr(&gate));
        }
        gate_await(&gate, 3);
        gate_open(&gate);
        CU_ASSERT_TRUE(has_thread(futures, first));
        CU_ASSERT_TRUE(has_thread(futures, second));
        CU_ASSERT_TRUE(has_thread(futures, third));
    }
}

static void threads_carry_the_name_of_their_pool_and_a_number(void)
{
    check_names("fetch", "fetch_0", "fetch_1", "fetch_2");
    check_names(NULL, "worker_0", "worker_1", "worker_2");
}

static void a_long_name_is_cut_but_keeps_its_number(void)
{
    check_names("a-name-that-is-much-too-long", "a-name-that-i_0",
                "a-name-that-i_1", "a-name-that-i_2");
    // Not in the middle of a character of two bytes.
    check_names("twelve-bytes\xc3\xa9", "twelve-bytes_0", "twelve-bytes_1",
                "twelve-bytes_2");
}
#endif

static CU_TestInfo initializers[] = {
    TEST(each_thread_is_initialized_once_before_its_first_task),
    TEST(a_pool_without_tasks_initializes_nothing),
    TEST(the_pool_copies_the_argument_of_the_initializer),
    TEST(the_pool_takes_a_loose_argument_over),
    TEST(a_report_names_the_initializer),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo failures[] = {
    TEST(a_failed_initializer_breaks_the_pool),
    TEST(an_error_outlives_the_pool_that_it_broke),
    TEST(a_task_on_a_healthy_thread_still_succeeds),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo finalizers[] = {
    TEST(each_thread_is_finalized_after_its_last_task),
    TEST(a_finalizer_cannot_submit_any_more),
    CU_TEST_INFO_NULL,
};

#ifdef __linux__
static CU_TestInfo names[] = {
    TEST(threads_carry_the_name_of_their_pool_and_a_number),
    TEST(a_long_name_is_cut_but_keeps_its_number),
    CU_TEST_INFO_NULL,
};
#endif

CU_SuiteInfo suites[] = {
    SUITE("initializers", initializers),
    SUITE("initializers that fail", failures),
    SUITE("finalizers", finalizers),
#ifdef __linux__
    SUITE("names", names),
#endif
    CU_SUITE_INFO_NULL,
};
