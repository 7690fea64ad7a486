// The test of the probe: what probe.py runs to see whether sanitizers work on
// this machine at all.

#include "wb_test.h"

int probe(void);

static void it_returns_one(void)
{
    WB_EQUAL_INT(probe(), 1);
}

static CU_TestInfo probe_tests[] = {
    {"it_returns_one", it_returns_one},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"probe", NULL, NULL, NULL, NULL, probe_tests},
    CU_SUITE_INFO_NULL,
};
