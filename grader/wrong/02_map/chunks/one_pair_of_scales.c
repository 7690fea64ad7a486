// Holds one lock while a seed is weighed: all workers queue for it.

#include "chunks.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static cf_value weigh_carefully(cf_value seed)
{
    pthread_mutex_lock(&lock);
    const cf_value weight = weigh_seed(seed);
    pthread_mutex_unlock(&lock);
    return weight;
}

void weigh_seeds(const int seeds[], size_t count, int64_t milligrams[])
{
    const size_t chunk = (count + MOST_TASKS - 1) / MOST_TASKS;
    cf_with (pool, cf_thread_pool(.max_workers = WORKERS)) {
        size_t i = 0;
        cf_for (weight,
                cf_map(pool, weigh_carefully, seeds, count, .chunk = chunk)) {
            milligrams[i++] = cf_as_int(weight);
        }
    }
}
