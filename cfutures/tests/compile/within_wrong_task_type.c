// expect: WRONG_TASK_write_cf_value_NAME_cf_value_arg
// A task with a deadline that takes and returns something else than a value.
#include <cfutures.h>

static int square(int side)
{
    return side * side;
}

int main(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_submit_within(pool, square, 7, 1);  // here
    }
}
