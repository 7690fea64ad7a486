// After an error there is no next step, so the callback just returns. Nobody
// tells save_all, which waits for the end of this item for ever.

#include "by_callbacks.h"

struct item {
    cf_executor *pool;
    cf_future *end;
};

static void go_on(cf_future *step, cf_value context, cf_task next,
                  cf_callback *after_next)
{
    const struct item item = cf_as_struct(context, struct item);
    if (cf_exception(step) != NULL) {
        return;
    }
    cf_future *following = cf_submit(item.pool, next, cf_result(step));
    cf_on_done(following, after_next, context);
}

static void on_saved(cf_future *receipt, cf_value context)
{
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

static cf_future *begin(cf_executor *pool, int id)
{
    const struct item item = {pool, cf_promise(pool)};
    cf_on_done(cf_submit(pool, fetch, id), on_fetched, cf_struct(item));
    return item.end;
}

static bool hear(cf_future *end)
{
    const cf_error *error = cf_exception(end);
    if (error != NULL) {
        note(error->message);
        return false;
    }
    say(cf_as_str(cf_result(end)));
    return true;
}

int save_all(const int ids[], int count, int workers)
{
    int receipts = 0;
    cf_with (pool, cf_thread_pool(.max_workers = workers)) {
        cf_future *ends[MOST_ITEMS];
        for (int i = 0; i < count; i++) {
            ends[i] = begin(pool, ids[i]);
        }
        for (int i = 0; i < count; i++) {
            if (hear(ends[i])) {
                receipts++;
            }
        }
    }
    return receipts;
}
