// The callback submits the next steps, as it should, and then waits for each of
// them: its worker is kept all the same.

#include "by_callbacks.h"

struct item {
    cf_executor *pool;
    cf_future *end;
};

static void on_fetched(cf_future *page, cf_value context)
{
    const struct item item = cf_as_struct(context, struct item);
    cf_future *step = page;
    if (cf_exception(step) == NULL) {
        step = cf_submit(item.pool, process, cf_result(step));
    }
    if (cf_exception(step) == NULL) {
        step = cf_submit(item.pool, save, cf_result(step));
    }
    cf_set_result(item.end, cf_result(step));
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
