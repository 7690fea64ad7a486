// All callbacks get the address of the same item. When they read it, it is that
// of the last id: its promise gets three results, the others none.

#include "by_callbacks.h"

struct item {
    cf_executor *pool;
    cf_future *end;
};

static void go_on(cf_future *step, cf_value context, cf_task next,
                  cf_callback *after_next)
{
    const struct item item = *(struct item *)cf_as_ptr(context);
    if (cf_exception(step) != NULL) {
        cf_set_result(item.end, cf_result(step));
        return;
    }
    cf_future *following = cf_submit(item.pool, next, cf_result(step));
    cf_on_done(following, after_next, context);
}

static void on_saved(cf_future *receipt, cf_value context)
{
    const struct item item = *(struct item *)cf_as_ptr(context);
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
    struct item item;
    cf_with (pool, cf_thread_pool(.max_workers = workers)) {
        cf_future *ends[MOST_ITEMS];
        for (int i = 0; i < count; i++) {
            item = (struct item){pool, cf_promise(pool)};
            cf_on_done(cf_submit(pool, fetch, ids[i]), on_fetched,
                       cf_ptr(&item));
            ends[i] = item.end;
        }
        for (int i = 0; i < count; i++) {
            if (hear(ends[i])) {
                receipts++;
            }
        }
    }
    return receipts;
}
