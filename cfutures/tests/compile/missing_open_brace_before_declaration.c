// expect: expected expression
// No brace after cf_with, and a declaration next.
#include <cfutures.h>

static cf_value itself(cf_value arg)
{
    return arg;
}

int main(void)
{
    cf_with (pool, cf_thread_pool())
        cf_future *future = cf_submit(pool, itself, 7);  // here
        cf_result(future);
    }
}
