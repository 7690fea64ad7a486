// expect: pool.* undeclared|undeclared identifier .pool
// No brace after cf_with: only one line is its block.
#include <cfutures.h>

static cf_value itself(cf_value arg)
{
    return arg;
}

int main(void)
{
    cf_with (pool, cf_thread_pool())
        cf_submit(pool, itself, 7);
        cf_submit(pool, itself, 8);  // here
}
