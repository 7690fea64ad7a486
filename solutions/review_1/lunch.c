// Solution of review_1/lunch.

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

// ----- the answers -----

// Four things order the lines, and nothing else does:
//   - two hands: the pie is begun when soup or stew is over;
//   - cf_result(soup): the table is laid after the soup;
//   - the end of the block: all dishes come before the end, the pie too;
//   - main's own lines, which follow each other.
// The tempting wrong way is to ask which order is likely. G is, if main is slow
// for a moment, as likely as A; and B only needs a slow cook.
const enum answer answers[ORDERS] = {
    [A] = CAN,
    [B] = CAN,     // the first hand has the soup, and is slow; the other is not
    [C] = CANNOT,  // there is no third hand
    [D] = CAN,     // now the stew is slow; main waits for the soup alone
    [E] = CANNOT,  // main waits for the soup
    [F] = CANNOT,  // the block ends after the pie
    [G] = CAN,     // from when main may go on does not say when it does
};
