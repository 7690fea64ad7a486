// expect: unused-result
// A map that nobody iterates is never closed. (An error only where warnings
// are; here it has to be, to be seen.)
#include <cfutures.h>

#pragma GCC diagnostic error "-Wunused-result"

static cf_value square(cf_value side)
{
    return cf_int(cf_as_int(side) * cf_as_int(side));
}

int main(void)
{
    const int sides[] = {1, 2};
    cf_with (pool, cf_thread_pool()) {
        cf_map(pool, square, sides, 2);  // here
    }
}
