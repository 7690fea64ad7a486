// Waits until all are done, and then counts to their number.

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
    }
    for (int done = 1; done <= count; done++) {
        show_progress(done, count);
    }
    return failed;
}
