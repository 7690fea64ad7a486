// Opens the pool, and calls print_label without it.

#include "swap_the_pool.h"

void label_jars(const char *jams[], int count)
{
    cf_with (pool, cf_process_pool(.max_workers = MOST_JARS)) {
        for (int i = 0; i < count; i++) {
            const cf_value label = print_label(cf_str(jams[i]));
            put_on(cf_as_str(label));
            cf_free(label);
        }
    }
}
