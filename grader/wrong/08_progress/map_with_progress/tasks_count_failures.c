// Tasks count failures, all in one atomic variable. In other processes each
// counts in a copy.

#include "map_with_progress.h"

#include <stdatomic.h>

static cf_task counted_task;
static atomic_int failures;

static cf_value run_and_count(cf_value item)
{
    cf_value result = counted_task(item);
    if (cf_failed(result)) {
        failures++;
    }
    return result;
}

int map_with_progress(cf_executor *pool, cf_task task, const int items[],
                      int count, cf_value results[])
{
    counted_task = task;
    failures = 0;
    cf_future *futures[MOST_ITEMS];
    for (int i = 0; i < count; i++) {
        futures[i] = cf_submit(pool, run_and_count, items[i]);
    }
    int done = 0;
    cf_for_completed (future, futures, (size_t)count) {
        done++;
        show_progress(done, count);
    }
    for (int i = 0; i < count; i++) {
        results[i] = cf_result(futures[i]);
    }
    return failures;
}
