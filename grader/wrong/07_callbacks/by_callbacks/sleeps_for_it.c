// Three steps of a second take three seconds, so it sleeps for three before the
// block ends. On a day on which they take longer, the block closes before the
// next step is submitted.

#include "by_callbacks.h"

#include <unistd.h>

// Where the last future of an item is kept, beyond the block.
struct place {
    cf_executor *pool;
    cf_future *end;
};

static void on_saved(cf_future *receipt, cf_value context)
{
    struct place *place = cf_as_ptr(context);
    place->end = cf_keep(receipt);
}

static void go_on(cf_future *step, cf_value context, cf_task next,
                  cf_callback *after_next)
{
    struct place *place = cf_as_ptr(context);
    if (cf_exception(step) != NULL) {
        place->end = cf_keep(step);
        return;
    }
    cf_future *following = cf_submit(place->pool, next, cf_result(step));
    cf_on_done(following, after_next, context);
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
    struct place places[MOST_ITEMS];
    cf_with (pool, cf_thread_pool(.max_workers = workers)) {
        for (int i = 0; i < count; i++) {
            places[i] = (struct place){pool, NULL};
            cf_on_done(cf_submit(pool, fetch, ids[i]), on_fetched,
                       cf_ptr(&places[i]));
        }
        sleep(3);
    }

    int receipts = 0;
    for (int i = 0; i < count; i++) {
        if (hear(places[i].end)) {
            receipts++;
        }
        cf_release(places[i].end);
    }
    return receipts;
}
