// expect: WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg
// A task without a context where one with a context is needed.
#include <cfutures.h>

static cf_value itself(cf_value arg)
{
    return arg;
}

int main(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_then_with(cf_submit(pool, itself, 1), itself, 7);  // here
    }
}
