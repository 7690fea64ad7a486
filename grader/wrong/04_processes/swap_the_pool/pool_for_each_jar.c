// Opens a pool for each jar; its end waits for the label.

#include "swap_the_pool.h"

void label_jars(const char *jams[], int count)
{
    for (int i = 0; i < count; i++) {
        cf_with (pool, cf_process_pool(.max_workers = 1)) {
            put_on(cf_as_str(cf_result(cf_submit(pool, print_label, jams[i]))));
        }
    }
}
