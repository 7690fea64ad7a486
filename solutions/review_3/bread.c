// Solution of review_3/bread.

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

// ----- the answers -----

// What orders the lines:
//   - the bowl and the bread each follow the dough, and not one another: what
//     is registered first need not come first. The callback keeps its worker,
//     and the next step of the chain goes to the other;
//   - cf_result(loaf): bread before eat. Nobody asked for the bowl;
//   - the end of the block waits for callbacks that run, too;
//   - main's own lines follow each other.
// The tempting wrong way is to take a callback for a part of its task, over
// when the future's result is there.
const enum answer answers[ORDERS] = {
    [A] = CAN,
    [B] = CAN,  // main has its bread, and the callback still washes up
    [C] = CAN,  // main is slow, or registers so late that it washes up itself
    [D] = CAN,
    [E] = CANNOT,  // nothing is washed up before the future is done
    [F] = CANNOT,  // main waits for the bread
    [G] = CANNOT,  // the block waits for the callback
};
