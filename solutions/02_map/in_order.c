// Solution of 02_map/in_order.

#include "in_order.h"

void cook_all(const char *fruits[], size_t count)
{
    // Each jam takes its time on the fire, so each may have a worker.
    cf_with (pool, cf_thread_pool(.max_workers = MOST_FRUITS)) {
        // cf_map has submitted everything before the first turn of the loop.
        // Tempting: a cf_map for one fruit inside a loop over the fruits. That
        // waits for each jam before the next is on the fire.
        int jar = 0;
        cf_for (text, cf_map(pool, cook_jam, fruits, count)) {
            // Used here and now: the text goes away with this turn. Tempting
            // again: to keep all texts in an array, and to label afterwards.
            put_label(jar, cf_as_str(text));
            jar++;
        }
    }
}
