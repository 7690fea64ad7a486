// Gives up when an item has failed, as a loop over Python's map does.

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
        if (cf_exception(future) != NULL) {
            return 1;
        }
        done++;
        show_progress(done, count);
    }
    for (int i = 0; i < count; i++) {
        results[i] = cf_result(futures[i]);
    }
    return 0;
}
