// expect: WRONG_TASK_write_cf_value_NAME_cf_value_arg
// A task with a context where one without is needed.
#include <cfutures.h>

static cf_value itself(cf_value arg)
{
    return arg;
}

static cf_value with_context(cf_value context, cf_value arg)
{
    (void)context;
    return arg;
}

int main(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_then(cf_submit(pool, itself, 1), with_context);  // here
    }
}
