// Callbacks count the failures, in a variable that nothing guards.

#include "map_with_progress.h"

static int failures;

static void count_failure(cf_future *future, cf_value nothing)
{
    (void)nothing;
    if (cf_exception(future) != NULL) {
        failures++;
    }
}

int map_with_progress(cf_executor *pool, cf_task task, const int items[],
                      int count, cf_value results[])
{
    failures = 0;
    cf_future *futures[MOST_ITEMS];
    for (int i = 0; i < count; i++) {
        futures[i] = cf_submit(pool, task, items[i]);
        cf_on_done(futures[i], count_failure, 0);
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
