// expect: but .*argument .*has type .*cf_value
// A value given to printf without an accessor.
#include <cfutures.h>
#include <stdio.h>

static cf_value itself(cf_value arg)
{
    return arg;
}

int main(void)
{
    cf_with (pool, cf_thread_pool()) {
        printf("%d\n", cf_result(cf_submit(pool, itself, 7)));  // here
    }
}
