// Goes round and asks each item whether it is done.

#include "map_with_progress.h"

int map_with_progress(cf_executor *pool, cf_task task, const int items[],
                      int count, cf_value results[])
{
    cf_future *futures[MOST_ITEMS];
    for (int i = 0; i < count; i++) {
        futures[i] = cf_submit(pool, task, items[i]);
    }
    bool is_counted[MOST_ITEMS] = {false};
    int done = 0;
    while (done < count) {
        for (int i = 0; i < count; i++) {
            if (!is_counted[i] && cf_done(futures[i])) {
                is_counted[i] = true;
                done++;
                show_progress(done, count);
            }
        }
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
