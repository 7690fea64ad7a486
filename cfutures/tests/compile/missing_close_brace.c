// expect: expected .*(declaration|})
// The block of cf_with is not closed.
#include <cfutures.h>

static cf_value itself(cf_value arg)
{
    return arg;
}

int main(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_submit(pool, itself, 7);
    return 0;
}  // here
