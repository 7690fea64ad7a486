// Never closes the pool, so its workers stay.

#include "swap_the_pool.h"

void label_jars(const char *jams[], int count)
{
    cf_executor *pool = cf_process_pool(.max_workers = MOST_JARS);
    cf_future *labels[MOST_JARS];
    for (int i = 0; i < count; i++) {
        labels[i] = cf_submit(pool, print_label, jams[i]);
    }
    for (int i = 0; i < count; i++) {
        put_on(cf_as_str(cf_result(labels[i])));
    }
}
