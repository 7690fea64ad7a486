// Waits for each item before it submits the next.

#include "map_with_progress.h"

int map_with_progress(cf_executor *pool, cf_task task, const int items[],
                      int count, cf_value results[])
{
    int failed = 0;
    for (int i = 0; i < count; i++) {
        results[i] = cf_result(cf_submit(pool, task, items[i]));
        if (cf_failed(results[i])) {
            failed++;
        }
        show_progress(i + 1, count);
    }
    return failed;
}
