// Copies each receipt "to be safe", and leaves the copies to nobody.

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
        cf_future *items[MOST_ITEMS];
        for (int i = 0; i < count; i++) {
            items[i] = begin_item(pool, ids[i]);
        }
        for (int i = 0; i < count; i++) {
            const cf_error *error = cf_exception(items[i]);
            if (error != NULL) {
                note(error->message);
            } else {
                const cf_value receipt = cf_copy(cf_result(items[i]));
                say(cf_as_str(receipt));
                receipts++;
            }
        }
    }
    return receipts;
}
