// Solution of 07_callbacks/by_callbacks.

#include "by_callbacks.h"

#include <errno.h>

struct item {
    cf_executor *pool;
    cf_future *end;  // a promise: the receipt, or the error that ended the item
};

// What follows a step, whichever it is. Runs in the worker that made the step,
// while others wait for that worker: so it submits and returns. Tempting, and
// shorter: to call the next step right here, or cf_result of it.
static void go_on(cf_future *step, cf_value context, cf_task next,
                  cf_callback *after_next)
{
    const struct item item = cf_as_struct(context, struct item);
    if (cf_exception(step) != NULL) {
        // save_all waits for the end of this item, and this is its end. With a
        // mere `return` it would wait for ever.
        cf_set_result(item.end, cf_result(step));
        return;
    }
    cf_future *following = cf_submit(item.pool, next, cf_result(step));
    if (!cf_on_done(following, after_next, context)) {
        cf_set_result(item.end, cf_fail(ENOMEM, "no memory for a callback"));
    }
}

static void on_saved(cf_future *receipt, cf_value context)
{
    // Receipt or error: a promise takes both.
    const struct item item = cf_as_struct(context, struct item);
    cf_set_result(item.end, cf_result(receipt));
}

static void on_processed(cf_future *report, cf_value context)
{
    go_on(report, context, save, on_saved);
}

static void on_fetched(cf_future *page, cf_value context)
{
    go_on(page, context, process, on_processed);
}

// Returns the promise of the item's end.
static cf_future *begin(cf_executor *pool, int id)
{
    // The context holds a copy of the item. Tempting: cf_ptr(&item), whose
    // item is gone when this function has returned.
    const struct item item = {pool, cf_promise(pool)};
    if (!cf_on_done(cf_submit(pool, fetch, id), on_fetched, cf_struct(item))) {
        cf_set_result(item.end, cf_fail(ENOMEM, "no memory for a callback"));
    }
    return item.end;
}

int save_all(const int ids[], int count, int workers)
{
    int receipts = 0;
    cf_with (pool, cf_thread_pool(.max_workers = workers)) {
        cf_future *ends[MOST_ITEMS];
        for (int i = 0; i < count; i++) {
            ends[i] = begin(pool, ids[i]);
        }

        // Waits inside the block, for the ends: while it does, the pool takes
        // tasks. The end of the block waits only for what was submitted by
        // then, and refuses what a callback submits afterwards. Tempting: to
        // sleep for as long as it usually takes.
        for (int i = 0; i < count; i++) {
            const cf_error *error = cf_exception(ends[i]);
            if (error != NULL) {
                note(error->message);
            } else {
                say(cf_as_str(cf_result(ends[i])));
                receipts++;
            }
        }
    }
    return receipts;
}
