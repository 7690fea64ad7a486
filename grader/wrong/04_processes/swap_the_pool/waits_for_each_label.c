// Asks for each label before it submits the next.

#include "swap_the_pool.h"

void label_jars(const char *jams[], int count)
{
    cf_with (pool, cf_process_pool(.max_workers = MOST_JARS)) {
        for (int i = 0; i < count; i++) {
            cf_future *label = cf_submit(pool, print_label, jams[i]);
            put_on(cf_as_str(cf_result(label)));
        }
    }
}
