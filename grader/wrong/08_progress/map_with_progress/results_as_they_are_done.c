// Stores the results in the order in which the items are done.

#include "map_with_progress.h"

int map_with_progress(cf_executor *pool, cf_task task, const int items[],
                      int count, cf_value results[])
{
    cf_future *futures[MOST_ITEMS];
    for (int i = 0; i < count; i++) {
        futures[i] = cf_submit(pool, task, items[i]);
    }
    int done = 0;
    int failed = 0;
    cf_for_completed (future, futures, (size_t)count) {
        results[done] = cf_result(future);
        if (cf_failed(results[done])) {
            failed++;
        }
        done++;
        show_progress(done, count);
    }
    return failed;
}
