// Registers the callbacks and leaves the rest to the end of the block: it waits
// for all tasks. But for those only that are there; what a callback submits
// when the block is closing has failed.

#include "by_callbacks.h"

// Where an item's end is kept, beyond the block.
struct place {
    cf_executor *pool;
    cf_value end;
};

static void end(struct place *place, cf_future *step)
{
    place->end = cf_copy(cf_result(step));
}

static void on_saved(cf_future *receipt, cf_value context)
{
    end(cf_as_ptr(context), receipt);
}

static void on_processed(cf_future *report, cf_value context)
{
    struct place *place = cf_as_ptr(context);
    if (cf_exception(report) != NULL) {
        end(place, report);
        return;
    }
    cf_on_done(cf_submit(place->pool, save, cf_result(report)), on_saved,
               cf_ptr(place));
}

static void on_fetched(cf_future *page, cf_value context)
{
    struct place *place = cf_as_ptr(context);
    if (cf_exception(page) != NULL) {
        end(place, page);
        return;
    }
    cf_on_done(cf_submit(place->pool, process, cf_result(page)), on_processed,
               cf_ptr(place));
}

static bool hear(const struct place *place)
{
    if (cf_failed(place->end)) {
        note(cf_as_error(place->end)->message);
        return false;
    }
    say(cf_as_str(place->end));
    return true;
}

int save_all(const int ids[], int count, int workers)
{
    struct place places[MOST_ITEMS];
    cf_with (pool, cf_thread_pool(.max_workers = workers)) {
        for (int i = 0; i < count; i++) {
            places[i] = (struct place){pool, cf_none()};
            cf_on_done(cf_submit(pool, fetch, ids[i]), on_fetched,
                       cf_ptr(&places[i]));
        }
    }

    int receipts = 0;
    for (int i = 0; i < count; i++) {
        if (hear(&places[i])) {
            receipts++;
        }
        cf_free(places[i].end);
    }
    return receipts;
}
