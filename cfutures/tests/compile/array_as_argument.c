// expect: WRONG_ARGUMENT_write_cf_ptr_or_cf_struct_or_cf_bytes
// An array as the argument.
#include <cfutures.h>

static cf_value itself(cf_value arg)
{
    return arg;
}

int main(void)
{
    int numbers[3] = {1, 2, 3};
    cf_with (pool, cf_thread_pool()) {
        cf_submit(pool, itself, numbers);  // here
    }
}
