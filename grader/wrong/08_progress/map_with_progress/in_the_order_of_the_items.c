// Waits for the items in their order, and counts: while the first is slow,
// nothing is shown.

#include "map_with_progress.h"

int map_with_progress(cf_executor *pool, cf_task task, const int items[],
                      int count, cf_value results[])
{
    cf_future *futures[MOST_ITEMS];
    for (int i = 0; i < count; i++) {
        futures[i] = cf_submit(pool, task, items[i]);
    }
    int failed = 0;
    for (int i = 0; i < count; i++) {
        results[i] = cf_result(futures[i]);
        if (cf_failed(results[i])) {
            failed++;
        }
        show_progress(i + 1, count);
    }
    return failed;
}
