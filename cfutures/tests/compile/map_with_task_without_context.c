// expect: WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg
// A context for a task that takes none.
#include <cfutures.h>

static cf_value square(cf_value side)
{
    return cf_int(cf_as_int(side) * cf_as_int(side));
}

int main(void)
{
    const int sides[] = {1, 2};
    cf_with (pool, cf_thread_pool()) {
        cf_for (area, cf_map_with(pool, square, 10, sides, 2)) {  // here
        }
    }
}
