// Two tests: one calls the code under test, which does something bad; the
// other has nothing to do with it and has to pass.

#include "wb_test.h"

void deed(void);

static void the_deed_is_done(void)
{
    WB_CHECK(true, "the deed is about to be done");
    deed();
}

static void another_test_is_as_before(void)
{
    WB_CHECK(true, "nothing happens here");
}

static CU_TestInfo tests[] = {
    {"the_deed_is_done", the_deed_is_done},
    {"another_test_is_as_before", another_test_is_as_before},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"deed", NULL, NULL, NULL, NULL, tests},
    CU_SUITE_INFO_NULL,
};
