// Exercise review_3/bread. The contract is in bread.h, with the seven orders.
// Decide first, on paper; run the check then.

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

// ----- your answers -----

// TODO: For each order: is there a line that would have to wait for another one
// which stands behind it? On which thread may each line be said, and who waits
// for that thread?
const enum answer answers[ORDERS] = {
    [A] = UNDECIDED,  // table dough bowl bread eat lights
    [B] = UNDECIDED,  // table dough bread eat bowl lights
    [C] = UNDECIDED,  // dough bowl table bread eat lights
    [D] = UNDECIDED,  // table dough bread bowl eat lights
    [E] = UNDECIDED,  // bowl table dough bread eat lights
    [F] = UNDECIDED,  // dough table eat bread bowl lights
    [G] = UNDECIDED,  // table dough bread eat lights bowl
};
