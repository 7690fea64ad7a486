// expect: WRONG_ARGUMENT_write_cf_ptr_or_cf_struct_or_cf_bytes
// A struct without cf_struct.
#include <cfutures.h>

static cf_value itself(cf_value arg)
{
    return arg;
}

int main(void)
{
    struct point {
        int x;
    } point = {1};
    cf_with (pool, cf_thread_pool()) {
        cf_submit(pool, itself, point);  // here
    }
}
