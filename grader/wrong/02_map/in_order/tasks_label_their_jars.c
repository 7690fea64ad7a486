// Each task labels a jar itself when its jam is ready, and takes the number
// from a variable that all share.

#include "in_order.h"

#include <stdatomic.h>

static atomic_int next_jar;

static cf_value cook_and_label(cf_value fruit)
{
    const cf_value text = cook_jam(fruit);
    put_label(next_jar++, cf_as_str(text));
    return text;
}

void cook_all(const char *fruits[], size_t count)
{
    next_jar = 0;
    cf_with (pool, cf_thread_pool()) {
        cf_for (text, cf_map(pool, cook_and_label, fruits, count)) {
            (void)text;
        }
    }
}
