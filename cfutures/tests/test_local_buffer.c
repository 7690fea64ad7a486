// A task that returns a view of its own local buffer: the copy comes too late,
// and the address sanitizer says so. Only built with that sanitizer.

#include <cfutures.h>

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_stack_use_after_return=1:exitcode=1:abort_on_error=1";
}

static cf_value greet_from_a_local_buffer(cf_value name)
{
    char greeting[32];
    snprintf(greeting, sizeof greeting, "Hello, %s!", cf_as_str(name));
    return cf_str(greeting);
}

static void return_a_local_buffer(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_result(cf_submit(pool, greet_from_a_local_buffer, "Ada"));
    }
}

static void a_returned_local_buffer_is_caught(void)
{
    CHECK_STOPS(return_a_local_buffer, "stack-use-after-return");
    CHECK_STOPS(return_a_local_buffer, "greet_from_a_local_buffer");
}

static CU_TestInfo tests[] = {
    TEST(a_returned_local_buffer_is_caught),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("local buffers", tests),
    CU_SUITE_INFO_NULL,
};
