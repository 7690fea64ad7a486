// Looks at all three futures of each item, so that no error is missed. That of
// the first step is in all three, and is noted three times.

#include "by_then.h"

cf_future *begin_item(cf_executor *pool, int id)
{
    cf_future *page = cf_submit(pool, fetch, id);
    cf_future *report = cf_then(page, process);
    return cf_then(report, save);
}

int save_all(const int ids[], int count, int workers)
{
    int receipts = 0;
    cf_with (pool, cf_thread_pool(.max_workers = workers)) {
        cf_future *steps[MOST_ITEMS][3];
        for (int i = 0; i < count; i++) {
            steps[i][0] = cf_submit(pool, fetch, ids[i]);
            steps[i][1] = cf_then(steps[i][0], process);
            steps[i][2] = cf_then(steps[i][1], save);
        }
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < 3; k++) {
                const cf_error *error = cf_exception(steps[i][k]);
                if (error != NULL) {
                    note(error->message);
                }
            }
            if (cf_exception(steps[i][2]) == NULL) {
                say(cf_as_str(cf_result(steps[i][2])));
                receipts++;
            }
        }
    }
    return receipts;
}
