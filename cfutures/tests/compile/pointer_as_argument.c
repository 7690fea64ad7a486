// expect: WRONG_ARGUMENT_write_cf_ptr_or_cf_struct_or_cf_bytes
// A pointer without cf_ptr.
#include <cfutures.h>

static cf_value itself(cf_value arg)
{
    return arg;
}

int main(void)
{
    int number = 1;
    cf_with (pool, cf_thread_pool()) {
        cf_submit(pool, itself, &number);  // here
    }
}
