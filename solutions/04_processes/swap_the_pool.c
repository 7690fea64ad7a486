// Solution of 04_processes/swap_the_pool.

#include "swap_the_pool.h"

void label_jars(const char *jams[], int count)
{
    // The one word that changed. Each worker is a process, and so has a static
    // buffer of its own. Tempting: keep the threads, and take turns at
    // print_label by a lock. The labels would be right, and printed one after
    // another.
    cf_with (pool, cf_process_pool(.max_workers = MOST_JARS)) {
        cf_future *labels[MOST_JARS];
        for (int i = 0; i < count; i++) {
            labels[i] = cf_submit(pool, print_label, jams[i]);
        }
        for (int i = 0; i < count; i++) {
            put_on(cf_as_str(cf_result(labels[i])));
        }
    }
}
