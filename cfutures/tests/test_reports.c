// Chapter 5 of the header: wrong uses stop the program with a report that
// says what, where and why. Each runs in a child process.

#include <cfutures.h>

#include "support.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// ----- accessors -----

static void int_of_a_text(void)
{
    cf_as_int(cf_str("abc"));
}

static void an_accessor_says_what_it_got(void)
{
    CHECK_STOPS(int_of_a_text, "(int_of_a_text): cf_as_int needs an int, but "
                               "the value is a text: \"abc\"");
    CHECK_STOPS(int_of_a_text, "test_reports.c:");
}

static void int_of_a_long_text(void)
{
    cf_as_int(cf_str("line\n\t\x01"
                     "012345678901234567890123456789012345678901234567890"
                     "\xc3\xa4\xc3\xa4"));
}

static void a_long_text_is_cut_and_kept_on_one_line(void)
{
    CHECK_STOPS(int_of_a_long_text,
                "\"line\\n\\x09\\x010123456789012345678901234567890123456789012"
                "34567890\xc3\xa4...\"\n");
}

static void double_of_nothing(void)
{
    cf_as_double(cf_none());
}

static void text_of_a_double(void)
{
    cf_as_str(cf_double(1.5));
}

static void bytes_of_an_int(void)
{
    cf_as_bytes(cf_int(-3));
}

static void pointer_of_bytes(void)
{
    cf_as_ptr(cf_bytes("abc", 3));
}

struct pair {
    int first;
    int second;
};

static void struct_of_another_size(void)
{
    const int one = 1;
    const struct pair pair = cf_as_struct(cf_struct(one), struct pair);
    (void)pair;
}

static void each_accessor_names_itself(void)
{
    CHECK_STOPS(double_of_nothing,
                "cf_as_double needs a double or an int, but the value is "
                "nothing");
    CHECK_STOPS(text_of_a_double,
                "cf_as_str needs a text, but the value is a double: 1.5");
    CHECK_STOPS(bytes_of_an_int,
                "cf_as_bytes needs bytes, but the value is an int: -3");
    CHECK_STOPS(pointer_of_bytes, "cf_as_ptr needs a pointer, but the value "
                                  "is bytes: 3 of them");
    CHECK_STOPS(struct_of_another_size, "cf_as_struct needs a struct of 8 "
                                        "bytes, but the value is bytes: 4");
}

// ----- errors nobody looked for -----

static cf_value no_menu(cf_value arg)
{
    (void)arg;
    const cf_value cause = cf_fail(ENOENT, "no menu");
    return cf_fail_because(cause, 4711, "no lunch");
}

static void int_of_an_error(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_as_int(cf_result(cf_submit(pool, no_menu, 1)));
    }
}

static void an_unexpected_error_is_told_with_its_causes(void)
{
    CHECK_STOPS(int_of_an_error,
                "cf_as_int needs an int, but the value is an "
                "error:\n  error 4711: no lunch\n    made at ");
    CHECK_STOPS(int_of_an_error, "(no_menu)\n    in the task no_menu, "
                                 "submitted at ");
    CHECK_STOPS(int_of_an_error, "\n  because of ENOENT (No such file or "
                                 "directory): no menu\n    made at ");
}

static int code_to_report;

static void int_of_that_code(void)
{
    (void)cf_as_int(cf_fail(code_to_report, "so it is"));
}

static void each_code_of_the_library_has_its_name(void)
{
    static const struct {
        int code;
        const char *report;
    } codes[] = {
        {CF_ETIMEOUT, "  CF_ETIMEOUT: so it is"},
        {CF_ESHUTDOWN, "  CF_ESHUTDOWN: so it is"},
        {CF_EBROKEN, "  CF_EBROKEN: so it is"},
        {CF_EDEADLOCK, "  CF_EDEADLOCK: so it is"},
        {CF_ECANCELLED, "  CF_ECANCELLED: so it is"},
        {CF_EFULL, "  CF_EFULL: so it is"},
        {CF_EFORKED, "  CF_EFORKED: so it is"},
        {CF_EDEADLINE, "  CF_EDEADLINE: so it is"},
    };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        code_to_report = codes[i].code;
        CHECK_STOPS(int_of_that_code, codes[i].report);
    }
}

static void int_of_a_late_task(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_shutdown(pool, CF_NO_WAIT);
        cf_as_int(cf_result(cf_submit(pool, itself, 1)));
    }
}

static void an_error_of_the_library_is_told_likewise(void)
{
    CHECK_STOPS(int_of_a_late_task, "  CF_ESHUTDOWN: the pool accepts no more "
                                    "tasks: it was shut down\n    made by "
                                    "cf_submit\n    in the task itself, ");
}

static cf_value read_wrong_kind(cf_value arg)
{
    return cf_int(cf_as_int(arg));
}

static void wrong_kind_in_a_task(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_submit(pool, read_wrong_kind, "seven");
    }
}

static void a_report_names_the_task_it_comes_from(void)
{
    CHECK_STOPS(wrong_kind_in_a_task,
                "This was in the task read_wrong_kind, submitted at ");
}

static char long_message[5000];

static void int_of_an_error_with_a_long_message(void)
{
    cf_as_int(cf_fail(EIO, "%s", long_message));
}

static void a_long_report_is_whole(void)
{
    memset(long_message, 'x', sizeof long_message - 1);
    CHECK_STOPS(int_of_an_error_with_a_long_message, long_message);
    CHECK_STOPS(int_of_an_error_with_a_long_message, "x\n    made at ");
}

static void report_without_memory(void)
{
    const cf_value error = cf_fail(EIO, "%s", long_message);
    fail_request(1, true);
    cf_as_int(error);
}

static void a_report_without_memory_is_as_long_as_can_be(void)
{
    memset(long_message, 'x', sizeof long_message - 1);
    CHECK_STOPS(report_without_memory, "(report_without_memory): cf_as_int "
                                       "needs an int, but the value is an "
                                       "error:\n  EIO");
}

// ----- wrong uses -----

static cf_value close_own_pool(cf_value pool)
{
    cf_close(cf_as_ptr(pool));
    return cf_none();
}

static void close_inside(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_submit(pool, close_own_pool, cf_ptr(pool));
    }
}

static cf_value shut_down_own_pool(cf_value pool)
{
    cf_shutdown(cf_as_ptr(pool), CF_NO_WAIT);  // allowed
    cf_shutdown(cf_as_ptr(pool), CF_WAIT);
    return cf_none();
}

static void shut_down_inside(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_submit(pool, shut_down_own_pool, cf_ptr(pool));
    }
}

static void a_task_cannot_wait_for_the_end_of_its_pool(void)
{
    CHECK_STOPS(close_inside, "cf_close: called inside a task of the pool "
                              "itself, it would wait for its own end\n  This "
                              "was in the task close_own_pool, ");
    CHECK_STOPS(shut_down_inside, "cf_shutdown with CF_WAIT: called inside");
}

static void close_in_a_block(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_result(cf_submit(pool, itself, 1));
        cf_close(pool);
    }
}

static void close_by_hand_twice(void)
{
    cf_executor *other = cf_thread_pool();  // open pools do not confuse it
    cf_executor *pool = cf_thread_pool();
    cf_keep(cf_submit(pool, itself, 1));  // keeps the pool's memory, too
    cf_close(pool);
    cf_close(pool);
    cf_close(other);
}

static void a_pool_that_is_closed_twice_is_named(void)
{
    CHECK_STOPS(close_in_a_block, "cf_close: this pool is closed already.\n"
                                  "  A cf_with closes its pool itself");
    CHECK_STOPS(close_by_hand_twice, "cf_close: this pool is closed already");
}

static void submit_to_no_pool(void)
{
    cf_submit((cf_executor *)NULL, itself, 1);
}

static void submit_no_task(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_submit(pool, (cf_task)NULL, 1);
    }
}

static void result_of_no_future(void)
{
    cf_result(NULL);
}

static void result_within_of_no_future(void)
{
    cf_result_within(NULL, 1);
}

static void exception_of_no_future(void)
{
    cf_exception(NULL);
}

static void state_of_no_future(void)
{
    cf_done(NULL);
}

static void keep_no_future(void)
{
    cf_keep(NULL);
}

static void shut_down_no_pool(void)
{
    cf_shutdown(NULL, CF_WAIT);
}

static void null_is_named(void)
{
    CHECK_STOPS(submit_to_no_pool, "cf_submit: the pool is NULL");
    CHECK_STOPS(submit_no_task, "cf_submit: the task is NULL");
    CHECK_STOPS(result_of_no_future, "cf_result: the future is NULL");
    CHECK_STOPS(result_within_of_no_future,
                "cf_result_within: the future is NULL");
    CHECK_STOPS(exception_of_no_future, "cf_exception: the future is NULL");
    CHECK_STOPS(state_of_no_future, "cf_done: the future is NULL");
    CHECK_STOPS(keep_no_future, "cf_keep: the future is NULL");
    CHECK_STOPS(shut_down_no_pool, "cf_shutdown: the pool is NULL");
}

static void cause_that_is_no_error(void)
{
    cf_fail_because(cf_int(5), EIO, "because of 5");
}

static void a_cause_must_be_an_error(void)
{
    CHECK_STOPS(cause_that_is_no_error,
                "cf_fail_because needs an error as its cause, but the value "
                "is an int: 5");
}

// ----- handlers -----

static void say_short(const char *report)
{
    fprintf(stderr, "handled: %.9s", strrchr(report, ':') + 2);
}

static void stop_with_handler(void)
{
    if (cf_on_stop(say_short) == NULL) {
        fputs("the first handler should not be NULL", stderr);
    }
    cf_as_int(cf_int(1));
    cf_as_int(cf_str("bad"));
}

static void a_handler_that_returns_is_followed_by_abort(void)
{
    CHECK_STOPS(stop_with_handler, "handled: \"bad\"");
}

static void stop_with_default_again(void)
{
    cf_on_stop(say_short);
    if (cf_on_stop(NULL) == say_short) {
        cf_as_int(cf_str("bad"));
    }
}

static void null_brings_the_default_handler_back(void)
{
    CHECK_STOPS(stop_with_default_again,
                "(stop_with_default_again): cf_as_int");
}

static void print_then_stop(void)
{
    dup2(STDERR_FILENO, STDOUT_FILENO);
    static char buffer[4096];
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);  // CUnit turned it off
    printf("printed before.");
    cf_as_int(cf_none());
}

static void what_was_printed_before_is_not_lost(void)
{
    CHECK_STOPS(print_then_stop, "printed before.");
}

static CU_TestInfo accessors[] = {
    TEST(an_accessor_says_what_it_got),
    TEST(a_long_text_is_cut_and_kept_on_one_line),
    TEST(each_accessor_names_itself),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo errors[] = {
    TEST(an_unexpected_error_is_told_with_its_causes),
    TEST(each_code_of_the_library_has_its_name),
    TEST(an_error_of_the_library_is_told_likewise),
    TEST(a_report_names_the_task_it_comes_from),
    TEST(a_long_report_is_whole),
    TEST(a_report_without_memory_is_as_long_as_can_be),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo wrong_uses[] = {
    TEST(a_task_cannot_wait_for_the_end_of_its_pool),
    TEST(a_pool_that_is_closed_twice_is_named),
    TEST(null_is_named),
    TEST(a_cause_must_be_an_error),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo handlers[] = {
    TEST(a_handler_that_returns_is_followed_by_abort),
    TEST(null_brings_the_default_handler_back),
    TEST(what_was_printed_before_is_not_lost),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("accessors", accessors),
    SUITE("errors nobody looked for", errors),
    SUITE("wrong uses", wrong_uses),
    SUITE("handlers", handlers),
    CU_SUITE_INFO_NULL,
};
