// Callbacks count and show, one after another under a lock: on the screen, but
// not on the thread that it belongs to.

#include "map_with_progress.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int done;

static void on_done(cf_future *future, cf_value total)
{
    (void)future;
    pthread_mutex_lock(&lock);
    done++;
    show_progress(done, (int)cf_as_int(total));
    pthread_mutex_unlock(&lock);
}

int map_with_progress(cf_executor *pool, cf_task task, const int items[],
                      int count, cf_value results[])
{
    done = 0;
    cf_future *futures[MOST_ITEMS];
    for (int i = 0; i < count; i++) {
        futures[i] = cf_submit(pool, task, items[i]);
        cf_on_done(futures[i], on_done, count);
    }
    int failed = 0;
    for (int i = 0; i < count; i++) {
        results[i] = cf_result(futures[i]);
        if (cf_failed(results[i])) {
            failed++;
        }
    }
    return failed;
}
