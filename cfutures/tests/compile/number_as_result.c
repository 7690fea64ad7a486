// expect: incompatible (types|result type)
// A task that returns a plain number.
#include <cfutures.h>

static cf_value itself(cf_value arg)
{
    return arg;
}

int main(void)
{
    return 0;
}

static cf_value seven(cf_value arg)
{
    return (void)arg, 7;  // here
}
