#include "in_test.h"

#include "checks.h"

void in_test_begin(void)
{
    checks_begin();
}

void in_test_end(void)
{
    checks_end();
}
