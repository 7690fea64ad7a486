// Takes a map, as its name suggests, and keeps the values, each of which lives
// for one turn of the loop.

#include "map_with_progress.h"

int map_with_progress(cf_executor *pool, cf_task task, const int items[],
                      int count, cf_value results[])
{
    int done = 0;
    int failed = 0;
    cf_for (value, cf_map(pool, task, items, (size_t)count)) {
        results[done++] = value;
        if (cf_failed(value)) {
            failed++;
        }
        show_progress(done, count);
    }
    return failed;
}
