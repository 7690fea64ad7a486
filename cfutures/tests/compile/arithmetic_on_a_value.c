// expect: invalid operands to binary
// A value is not a number.
#include <cfutures.h>

static cf_value itself(cf_value arg)
{
    return arg;
}

int main(void)
{
    cf_value sum = cf_int(1) + 1;  // here
    (void)sum;
}
