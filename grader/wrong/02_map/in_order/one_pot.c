// Threads need locks, says hearsay: one lock around the slow part, and the
// fruits queue for it.

#include "in_order.h"

#include <pthread.h>

static pthread_mutex_t pot = PTHREAD_MUTEX_INITIALIZER;

static cf_value cook_carefully(cf_value fruit)
{
    pthread_mutex_lock(&pot);
    const cf_value label = cook_jam(fruit);
    pthread_mutex_unlock(&pot);
    return label;
}

void cook_all(const char *fruits[], size_t count)
{
    cf_with (pool, cf_thread_pool()) {
        int jar = 0;
        cf_for (text, cf_map(pool, cook_carefully, fruits, count)) {
            put_label(jar++, cf_as_str(text));
        }
    }
}
