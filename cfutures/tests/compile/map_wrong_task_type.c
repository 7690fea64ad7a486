// expect: WRONG_TASK_write_cf_value_NAME_cf_value_arg
// A task that takes and returns something else than a value.
#include <cfutures.h>

static int square(int side)
{
    return side * side;
}

int main(void)
{
    const int sides[] = {1, 2};
    cf_with (pool, cf_thread_pool()) {
        cf_for (area, cf_map(pool, square, sides, 2)) {  // here
        }
    }
}
