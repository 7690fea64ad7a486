// expect: WRONG_TASK_write_cf_value_NAME_cf_value_arg
// A task for many arguments that takes something else than a value.
#include <cfutures.h>

static int square(int side)
{
    return side * side;
}

int main(void)
{
    const cf_value sides[2] = {{0}};
    cf_future *squares[2];
    cf_with (pool, cf_thread_pool()) {
        cf_submit_many(pool, square, sides, 2, squares);  // here
    }
}
