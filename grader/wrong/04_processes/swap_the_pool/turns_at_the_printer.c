// Keeps the threads, and takes turns at print_label by a lock.

#include "swap_the_pool.h"

#include <pthread.h>

static pthread_mutex_t printer = PTHREAD_MUTEX_INITIALIZER;

static cf_value print_in_turn(cf_value jam)
{
    pthread_mutex_lock(&printer);
    const cf_value label = print_label(jam);
    pthread_mutex_unlock(&printer);
    return label;
}

void label_jars(const char *jams[], int count)
{
    cf_with (pool, cf_thread_pool(.max_workers = MOST_JARS)) {
        cf_future *labels[MOST_JARS];
        for (int i = 0; i < count; i++) {
            labels[i] = cf_submit(pool, print_in_turn, jams[i]);
        }
        for (int i = 0; i < count; i++) {
            put_on(cf_as_str(cf_result(labels[i])));
        }
    }
}
