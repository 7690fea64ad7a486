// Looking at a future: state, result and error as one, and the same in words.

#include <cfutures.h>

#include "support.h"

#include <cfutures_testing.h>
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

static cf_value same(cf_value x)
{
    return x;
}

static cf_value fail(cf_value x)
{
    return cf_fail(EDOM, "100 / %lld", (long long)cf_as_int(x));
}

#define CHECK_DESCRIPTION(future, start, end) \
    check_description((future), (start), (end), __LINE__)

static void check_description(const cf_future *future, const char *start,
                              const char *end, int line)
{
    char text[256];
    const size_t length = cf_describe(future, text, sizeof text);
    const bool is_right = length == strlen(text) && length >= strlen(end) &&
                          strncmp(text, start, strlen(start)) == 0 &&
                          strcmp(text + length - strlen(end), end) == 0;
    if (!is_right) {
        printf("\n  line %d: got \"%s\"\n", line, text);
    }
    CU_ASSERT(is_right);
}

static void each_state_is_one_moment(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *running = cf_submit(pool, pass_gate, cf_ptr(&gate));
        cf_future *cancelled = cf_submit(pool, same, 2);
        cf_future *pending = cf_submit(pool, fail, 0);
        gate_await(&gate, 1);
        cf_cancel(cancelled);
        CU_ASSERT_EQUAL(cf_look(running).state, CF_RUNNING);
        CU_ASSERT_STRING_EQUAL(cf_kind_name(cf_look(running).result),
                               "nothing");
        CU_ASSERT_EQUAL(cf_look(pending).state, CF_PENDING);
        CU_ASSERT_PTR_NULL(cf_look(pending).error);
        CU_ASSERT_EQUAL(cf_look(cancelled).state, CF_CANCELLED);
        CU_ASSERT_EQUAL(cf_look(cancelled).error->code, CF_ECANCELLED);
        gate_open(&gate);
        cf_result(pending);
        CU_ASSERT_EQUAL(cf_look(running).state, CF_FINISHED);
        CU_ASSERT_EQUAL(cf_as_int(cf_look(running).result), 1);
        CU_ASSERT_PTR_NULL(cf_look(running).error);
        CU_ASSERT_EQUAL(cf_look(pending).state, CF_FINISHED);
        CU_ASSERT_EQUAL(cf_look(pending).error->code, EDOM);
        CU_ASSERT_TRUE(cf_failed(cf_look(pending).result));
    }
}

static void a_snapshot_is_never_half(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        for (int i = 1; i <= 300; i++) {
            cf_future *future = cf_submit(pool, same, i);
            struct cf_snapshot now;
            int halves = 0;
            while (now = cf_look(future), now.state != CF_FINISHED) {
                halves += strcmp(cf_kind_name(now.result), "nothing") != 0;
                sched_yield();
            }
            CU_ASSERT_EQUAL(halves, 0);
            CU_ASSERT_EQUAL(cf_as_int(now.result), i);
        }
    }
}

static void each_state_is_described(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *running = cf_submit(pool, pass_gate, cf_ptr(&gate));
        cf_future *cancelled = cf_submit(pool, same, 2);
        cf_future *failed = cf_submit(pool, fail, 0);
        cf_future *text = cf_submit(pool, same, "two\nlines");
        cf_future *promise = cf_promise(pool);
        gate_await(&gate, 1);
        cf_cancel(cancelled);
        CHECK_DESCRIPTION(running, "pass_gate, submitted at ", ": running");
        CHECK_DESCRIPTION(failed, "fail, submitted at ", ": pending");
        CHECK_DESCRIPTION(cancelled, "same, submitted at ", ": cancelled");
        CHECK_DESCRIPTION(promise, "a promise, made at ", ": pending");
        gate_open(&gate);
        cf_result(text);
        CHECK_DESCRIPTION(running, "pass_gate", ": finished with an int: 1");
        CHECK_DESCRIPTION(
            failed, "fail",
            ": failed with EDOM (Numerical argument out of domain): 100 / 0");
        CHECK_DESCRIPTION(text, "same",
                          ": finished with a text: \"two\\nlines\"");
        cf_shutdown(pool, CF_NO_WAIT);
        CHECK_DESCRIPTION(cf_submit(pool, same, 1), "same",
                          ": failed with CF_ESHUTDOWN: the pool accepts no "
                          "more tasks: it was shut down");
    }
}

static void what_was_not_submitted_is_described(void)
{
    cf_with (pool, cf_thread_pool()) {
        fail_request(1, true);
        cf_future *immortal = cf_submit(pool, same, 1);
        fail_request(0, false);
        CHECK_DESCRIPTION(immortal, "a task that was not submitted",
                          "no memory for a value or a future");
    }
}

static void a_short_buffer_holds_the_beginning(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, same, 1);
        cf_result(future);
        char text[256];
        char start[6];
        const size_t length = cf_describe(future, text, sizeof text);
        CU_ASSERT_EQUAL(cf_describe(future, start, sizeof start), length);
        CU_ASSERT_STRING_EQUAL(start, "same,");
        CU_ASSERT_EQUAL(cf_describe(future, start, 1), length);
        CU_ASSERT_STRING_EQUAL(start, "");
        CU_ASSERT_EQUAL(cf_describe(future, NULL, 0), length);
    }
}

static void looking_at_an_unfinished_future_is_a_poll(void)
{
    struct gate gate = GATE_CLOSED;
    struct cf_test_snapshot now;
    cf_test_begin(NULL, NULL);
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, pass_gate, cf_ptr(&gate));
        cf_look(future);
        cf_describe(future, NULL, 0);
        gate_open(&gate);
        cf_result(future);
        cf_look(future);
        cf_test_snapshot(&now);
        CU_ASSERT_EQUAL(now.polls, 2);
    }
    cf_test_end();
}

static void look_at_nothing(void)
{
    (void)cf_look(NULL);
}

static void describe_nothing(void)
{
    cf_describe(NULL, NULL, 0);
}

static void wrong_use_stops_the_program(void)
{
    CHECK_STOPS(look_at_nothing, "cf_look: the future is NULL");
    CHECK_STOPS(describe_nothing, "cf_describe: the future is NULL");
}

static CU_TestInfo tests[] = {
    TEST(each_state_is_one_moment),
    TEST(a_snapshot_is_never_half),
    TEST(each_state_is_described),
    TEST(what_was_not_submitted_is_described),
    TEST(a_short_buffer_holds_the_beginning),
    TEST(looking_at_an_unfinished_future_is_a_poll),
    TEST(wrong_use_stops_the_program),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("looking", tests),
    CU_SUITE_INFO_NULL,
};
