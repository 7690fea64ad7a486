// Exercise 04_processes/swap_the_pool. The contract is in swap_the_pool.h; the
// lesson's section "One word" has the idea.

#include "swap_the_pool.h"

void label_jars(const char *jams[], int count)
{
    // TODO: This is right but for one word. In whose memory do four workers
    // compose their labels, and how many buffers are there?
    cf_with (pool, cf_thread_pool(.max_workers = MOST_JARS)) {
        cf_future *labels[MOST_JARS];
        for (int i = 0; i < count; i++) {
            labels[i] = cf_submit(pool, print_label, jams[i]);
        }
        for (int i = 0; i < count; i++) {
            put_on(cf_as_str(cf_result(labels[i])));
        }
    }
}
