// expect: pool.* undeclared|undeclared identifier .pool
// A semicolon ends the block before it begins.
#include <cfutures.h>

static cf_value itself(cf_value arg)
{
    return arg;
}

int main(void)
{
    cf_with (pool, cf_thread_pool()); {
        cf_submit(pool, itself, 7);  // here
    }
}
