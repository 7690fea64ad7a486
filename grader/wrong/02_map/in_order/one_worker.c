// One worker, "because the jars are labelled in order anyway": it cooks one
// jam after another.

#include "in_order.h"

void cook_all(const char *fruits[], size_t count)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        int jar = 0;
        cf_for (text, cf_map(pool, cook_jam, fruits, count)) {
            put_label(jar++, cf_as_str(text));
        }
    }
}
