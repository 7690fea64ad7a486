// Keeps the address of each text, and labels the jars after the loop: each text
// has gone away with its turn.

#include "in_order.h"

void cook_all(const char *fruits[], size_t count)
{
    cf_with (pool, cf_thread_pool()) {
        const char *texts[MOST_FRUITS];
        int ready = 0;
        cf_for (text, cf_map(pool, cook_jam, fruits, count)) {
            texts[ready++] = cf_as_str(text);
        }
        for (int jar = 0; jar < ready; jar++) {
            put_label(jar, texts[jar]);
        }
    }
}
