// Loops by hand, and forgets the end of the loop.

#include "map_with_progress.h"

int map_with_progress(cf_executor *pool, cf_task task, const int items[],
                      int count, cf_value results[])
{
    cf_future *futures[MOST_ITEMS];
    for (int i = 0; i < count; i++) {
        futures[i] = cf_submit(pool, task, items[i]);
    }
    cf_completed *ready = cf_as_completed(futures, (size_t)count, CF_FOREVER);
    for (int done = 1; cf_next_completed(ready) != NULL; done++) {
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
