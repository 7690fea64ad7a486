// One loop: each item is taken to its end before the next one is begun.

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
        for (int i = 0; i < count; i++) {
            cf_future *item = begin_item(pool, ids[i]);
            const cf_error *error = cf_exception(item);
            if (error != NULL) {
                note(error->message);
            } else {
                say(cf_as_str(cf_result(item)));
                receipts++;
            }
        }
    }
    return receipts;
}
