// Takes the results by hand, and never closes the map.

#include "in_order.h"

void cook_all(const char *fruits[], size_t count)
{
    cf_with (pool, cf_thread_pool()) {
        cf_map_iter *map = cf_map(pool, cook_jam, fruits, count);
        cf_value text;
        for (int jar = 0; cf_next(map, &text); jar++) {
            put_label(jar, cf_as_str(text));
        }
    }
}
