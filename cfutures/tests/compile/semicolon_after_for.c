// expect: 'area' undeclared|undeclared identifier 'area'|‘area’ undeclared
// The loop ends at its semicolon: the block below is not its body.
#include <cfutures.h>

static cf_value square(cf_value side)
{
    return cf_int(cf_as_int(side) * cf_as_int(side));
}

int main(void)
{
    const int sides[] = {1, 2};
    cf_with (pool, cf_thread_pool()) {
        cf_for (area, cf_map(pool, square, sides, 2));
        {
            cf_free(area);  // here
        }
    }
}
