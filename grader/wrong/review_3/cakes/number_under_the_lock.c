// Takes its number under the lock, and shows it later than the next one,
// perhaps.

#include "cakes.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int over;  // guarded by lock

static void count_one(cf_future *cake, cf_value all)
{
    (void)cake;
    pthread_mutex_lock(&lock);
    const int mine = ++over;
    pthread_mutex_unlock(&lock);
    show(mine, (int)cf_as_int(all));
}

int bake_all(int count)
{
    int weight = 0;
    over = 0;
    cf_with (pool, cf_thread_pool(.max_workers = OVENS)) {
        cf_future *cakes[MOST_CAKES];
        for (int i = 0; i < count; i++) {
            cakes[i] = cf_submit(pool, bake, i);
            cf_on_done(cakes[i], count_one, count);
        }
        for (int i = 0; i < count; i++) {
            if (cf_exception(cakes[i]) == NULL) {
                weight += (int)cf_as_int(cf_result(cakes[i]));
            }
        }
    }
    return weight;
}
