// All tasks count the jams in one variable, which nothing guards. The labels
// are right, so nobody notices.

#include "in_order.h"

static int jams_cooked;

static cf_value cook_and_count(cf_value fruit)
{
    const cf_value label = cook_jam(fruit);
    jams_cooked++;
    return label;
}

void cook_all(const char *fruits[], size_t count)
{
    cf_with (pool, cf_thread_pool()) {
        int jar = 0;
        cf_for (text, cf_map(pool, cook_and_count, fruits, count)) {
            put_label(jar++, cf_as_str(text));
        }
    }
}
