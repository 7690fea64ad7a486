// One task calls all three steps. It looks for errors by hand, and its worker
// is at one item until that is saved, whoever else waits.

#include "by_then.h"

static cf_value all_steps(cf_value id)
{
    const cf_value page = fetch(id);
    if (cf_failed(page)) {
        return page;
    }
    const cf_value report = process(page);
    return cf_failed(report) ? report : save(report);
}

cf_future *begin_item(cf_executor *pool, int id)
{
    return cf_submit(pool, all_steps, id);
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
