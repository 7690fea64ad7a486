// Solution of 08_progress/map_with_progress.

#include "map_with_progress.h"

int map_with_progress(cf_executor *pool, cf_task task, const int items[],
                      int count, cf_value results[])
{
    cf_future *futures[MOST_ITEMS];
    for (int i = 0; i < count; i++) {
        futures[i] = cf_submit(pool, task, items[i]);
    }

    // Counted here, by one thread, so no lock is needed, and it does not matter
    // where the tasks run. Tempting: to count inside of the tasks. Then several
    // count at the same time, and a task in another process counts for itself.
    int done = 0;
    cf_for_completed (future, futures, (size_t)count) {
        done++;
        show_progress(done, count);
    }

    // All are done, so nothing waits here. Tempting: to store each result in
    // the loop above, at results[done]. That is the order in which they became
    // ready; the array of futures still has that of the items.
    int failed = 0;
    for (int i = 0; i < count; i++) {
        results[i] = cf_result(futures[i]);
        if (cf_failed(results[i])) {
            failed++;
        }
    }
    return failed;
}
