// No callback at all: the caller waits for all fetches, then submits all that
// follows, waits again, and so on. The slowest fetch holds up every item.

#include "by_callbacks.h"

// Waits for the steps, then submits the next for those that went well.
static void next_for_all(cf_executor *pool, cf_future *steps[], int count,
                         cf_task next)
{
    for (int i = 0; i < count; i++) {
        cf_exception(steps[i]);
    }
    for (int i = 0; i < count; i++) {
        if (cf_exception(steps[i]) == NULL) {
            steps[i] = cf_submit(pool, next, cf_result(steps[i]));
        }
    }
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
            ends[i] = cf_submit(pool, fetch, ids[i]);
        }
        next_for_all(pool, ends, count, process);
        next_for_all(pool, ends, count, save);
        for (int i = 0; i < count; i++) {
            if (hear(ends[i])) {
                receipts++;
            }
        }
    }
    return receipts;
}
