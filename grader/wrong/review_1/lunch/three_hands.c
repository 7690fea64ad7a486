// Believes that whatever is submitted is started.

#include "lunch.h"

#include <cfutures.h>

// ----- the program -----

static cf_value cook(cf_value dish)
{
    say(cf_as_str(dish));
    return cf_none();
}

void lunch(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *soup = cf_submit(pool, cook, "soup");
        cf_submit(pool, cook, "stew");
        cf_submit(pool, cook, "pie");
        cf_result(soup);
        say("table");
    }
    say("closed");
}

const enum answer answers[ORDERS] = {
    [A] = CAN,    [B] = CAN,    [C] = CAN, [D] = CAN,
    [E] = CANNOT, [F] = CANNOT, [G] = CAN,
};
