// Copies each label out of its future, and never frees the copies.

#include "swap_the_pool.h"

void label_jars(const char *jams[], int count)
{
    cf_value copies[MOST_JARS];
    cf_with (pool, cf_process_pool(.max_workers = MOST_JARS)) {
        cf_future *labels[MOST_JARS];
        for (int i = 0; i < count; i++) {
            labels[i] = cf_submit(pool, print_label, jams[i]);
        }
        for (int i = 0; i < count; i++) {
            copies[i] = cf_copy(cf_result(labels[i]));
        }
    }
    for (int i = 0; i < count; i++) {
        put_on(cf_as_str(copies[i]));
    }
}
