// In each round asks all items anew which are done. Two may be by then: one
// number comes twice, another never.

#include "map_with_progress.h"

int map_with_progress(cf_executor *pool, cf_task task, const int items[],
                      int count, cf_value results[])
{
    cf_future *futures[MOST_ITEMS];
    for (int i = 0; i < count; i++) {
        futures[i] = cf_submit(pool, task, items[i]);
    }
    cf_for_completed (future, futures, (size_t)count) {
        int done = 0;
        for (int i = 0; i < count; i++) {
            if (cf_done(futures[i])) {
                done++;
            }
        }
        show_progress(done, count);
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
