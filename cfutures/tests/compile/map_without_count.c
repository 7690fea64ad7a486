// expect: THE_NUMBER_OF_ITEMS_is_missing
// The number of items is missing.
#include <cfutures.h>

static cf_value square(cf_value side)
{
    return cf_int(cf_as_int(side) * cf_as_int(side));
}

int main(void)
{
    const int sides[] = {1, 2};
    cf_with (pool, cf_thread_pool()) {
        cf_for (area, cf_map(pool, square, sides)) {  // here
        }
    }
}
