// Leaves the caller's pool alone and opens one of its own, and so the caller
// can't choose any more where the tasks run.

#include "map_with_progress.h"

int map_with_progress(cf_executor *pool, cf_task task, const int items[],
                      int count, cf_value results[])
{
    (void)pool;
    int failed = 0;
    cf_with (own, cf_thread_pool()) {
        cf_future *futures[MOST_ITEMS];
        for (int i = 0; i < count; i++) {
            futures[i] = cf_submit(own, task, items[i]);
        }
        int done = 0;
        cf_for_completed (future, futures, (size_t)count) {
            done++;
            show_progress(done, count);
        }
        for (int i = 0; i < count; i++) {
            results[i] = cf_copy(cf_result(futures[i]));
            if (cf_failed(results[i])) {
                failed++;
            }
        }
    }
    return failed;
}
