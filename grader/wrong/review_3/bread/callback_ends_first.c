// Believes that a result is there only when the callbacks are through.

#include "bread.h"

#include <cfutures.h>

// ----- the program -----

static cf_value knead(cf_value what)
{
    say("dough");
    return what;
}

static cf_value bake(cf_value dough)
{
    say("bread");
    return dough;
}

static void wash_up(cf_future *dough, cf_value bowl)
{
    (void)dough;
    say(cf_as_str(bowl));
}

void bread(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *dough = cf_submit(pool, knead, "rye");
        cf_future *loaf = cf_then(dough, bake);
        cf_on_done(dough, wash_up, "bowl");
        say("table");
        cf_result(loaf);
        say("eat");
    }
    say("lights");
}

const enum answer answers[ORDERS] = {
    [A] = CAN,    [B] = CANNOT, [C] = CAN,    [D] = CAN,
    [E] = CANNOT, [F] = CANNOT, [G] = CANNOT,
};
