// Waits for each step before it submits the next: the result is right, and
// begin_item takes as long as the whole item.

#include "by_then.h"

cf_future *begin_item(cf_executor *pool, int id)
{
    cf_future *step = cf_submit(pool, fetch, id);
    if (cf_exception(step) == NULL) {
        step = cf_submit(pool, process, cf_result(step));
    }
    if (cf_exception(step) == NULL) {
        step = cf_submit(pool, save, cf_result(step));
    }
    return step;
}

int save_all(const int ids[], int count, int workers)
{
    int receipts = 0;
    cf_with (pool, cf_thread_pool(.max_workers = workers)) {
        cf_future *items[MOST_ITEMS];
        for (int i = 0; i < count; i++) {
            items[i] = begin_item(pool, ids[i]);
        }
        for (int i = 0; i < count; i++) {
            const cf_error *error = cf_exception(items[i]);
            if (error != NULL) {
                note(error->message);
            } else {
                say(cf_as_str(cf_result(items[i])));
                receipts++;
            }
        }
    }
    return receipts;
}
