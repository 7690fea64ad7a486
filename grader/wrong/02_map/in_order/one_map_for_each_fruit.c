// A map of one fruit inside a loop over the fruits: each jam is waited for
// before the next is on the fire.

#include "in_order.h"

void cook_all(const char *fruits[], size_t count)
{
    cf_with (pool, cf_thread_pool()) {
        for (size_t jar = 0; jar < count; jar++) {
            cf_for (text, cf_map(pool, cook_jam, &fruits[jar], 1)) {
                put_label((int)jar, cf_as_str(text));
            }
        }
    }
}
