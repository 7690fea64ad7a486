// Places that a message names: where the code under test called the test's own
// function say.

#include "wb_test.h"

void deed(void);
void say(const char *text);

static const void *said_by;

void say(const char *text)
{
    said_by = WB_CALLER;
    wb_hear("say", text, WB_CALLER);
}

static void a_call_has_a_place(void)
{
    deed();
    WB_CHECK(false, "It was said%s.", wb_at(said_by));
}

static void what_was_never_called_has_none(void)
{
    WB_CHECK(false, "It was said%s.", wb_at(said_by));
}

static void what_was_said_is_as_expected(void)
{
    deed();
    WB_HEARD("deed", "  say: one\n  say: two\n");
}

static void what_is_said_differently_has_a_place(void)
{
    deed();
    WB_HEARD("deed", "  say: one\n  note: two\n");
}

static void what_is_missing_has_no_place(void)
{
    deed();
    WB_HEARD("deed", "  say: one\n  say: two\n  say: three\n");
}

static void far_too_much_is_said(void)
{
    for (int i = 0; i < 1000; i++) {
        deed();
    }
    WB_HEARD("deed", "");
}

static CU_TestInfo tests[] = {
    {"a_call_has_a_place", a_call_has_a_place},
    {"what_was_never_called_has_none", what_was_never_called_has_none},
    {"what_was_said_is_as_expected", what_was_said_is_as_expected},
    {"what_is_said_differently_has_a_place",
     what_is_said_differently_has_a_place},
    {"what_is_missing_has_no_place", what_is_missing_has_no_place},
    {"far_too_much_is_said", far_too_much_is_said},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"places", NULL, NULL, NULL, NULL, tests},
    CU_SUITE_INFO_NULL,
};
