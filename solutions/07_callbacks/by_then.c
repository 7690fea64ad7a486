// Solution of 07_callbacks/by_then.

#include "by_then.h"

cf_future *begin_item(cf_executor *pool, int id)
{
    // Each step goes on from the one before. Tempting: to hang both on `page`,
    // and save would get the page at the time at which process does.
    cf_future *page = cf_submit(pool, fetch, id);
    cf_future *report = cf_then(page, process);

    // The last one: a result comes this far only through all steps, and an
    // error of any step passes those behind it until it is here. No step has
    // to ask whether the one before failed.
    return cf_then(report, save);
}

int save_all(const int ids[], int count, int workers)
{
    int receipts = 0;
    cf_with (pool, cf_thread_pool(.max_workers = workers)) {
        // All chains, before the first question: cf_exception waits for the
        // whole chain, which would be long enough for all of them.
        cf_future *items[MOST_ITEMS];
        for (int i = 0; i < count; i++) {
            items[i] = begin_item(pool, ids[i]);
        }

        // One look at each end. Tempting: to look at every step, "so that
        // nothing is missed". An error of the first step is the outcome of all
        // three futures, and would be noted three times.
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
