// expect: WRONG_ARRAY_give_numbers_or_texts_or_cf_values
// Structs in an array: each has to become a value first.
#include <cfutures.h>

struct point {
    int x, y;
};

static cf_value first(cf_value item)
{
    return item;
}

int main(void)
{
    const struct point points[] = {{1, 2}, {3, 4}};
    cf_with (pool, cf_thread_pool()) {
        cf_for (x, cf_map(pool, first, points, 2)) {  // here
        }
    }
}
