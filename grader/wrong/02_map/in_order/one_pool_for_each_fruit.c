// Opens a block, and so a pool, for each fruit; its end waits for the task.

#include "in_order.h"

void cook_all(const char *fruits[], size_t count)
{
    for (size_t jar = 0; jar < count; jar++) {
        cf_with (pool, cf_thread_pool()) {
            cf_for (text, cf_map(pool, cook_jam, &fruits[jar], 1)) {
                put_label((int)jar, cf_as_str(text));
            }
        }
    }
}
