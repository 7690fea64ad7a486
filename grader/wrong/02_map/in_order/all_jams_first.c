// Takes a copy of every text before it labels the first jar, as
// list(executor.map(...)) does in Python.

#include "in_order.h"

void cook_all(const char *fruits[], size_t count)
{
    cf_with (pool, cf_thread_pool()) {
        cf_value texts[MOST_FRUITS];
        int jar = 0;
        cf_for (text, cf_map(pool, cook_jam, fruits, count)) {
            texts[jar++] = cf_copy(text);
        }
        for (jar = 0; jar < (int)count; jar++) {
            put_label(jar, cf_as_str(texts[jar]));
            cf_free(texts[jar]);
        }
    }
}
