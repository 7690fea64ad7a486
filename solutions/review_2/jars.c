// Solution of review_2/jars.

#include "jars.h"

#include <cfutures.h>

// ----- the program -----

static cf_value cook(cf_value fruit)
{
    say(cf_as_str(fruit));
    return cf_none();
}

void jars(void)
{
    const char *fruits[] = {"fig", "plum", "kiwi"};
    const char *labels[] = {"one", "two", "three"};
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        int jar = 0;
        cf_for (jam, cf_map(pool, cook, fruits, 3)) {
            (void)jam;
            say(labels[jar++]);
        }
    }
}

// ----- the answers -----

// What orders the lines:
//   - two hands: the kiwi is begun when fig or plum is over;
//   - the loop over a map waits for one result at a time: one after the fig,
//     two after the plum, three after the kiwi;
//   - main's own lines follow each other.
// The tempting wrong way is to take the results' order for the tasks' order. A
// map puts what comes out in order, and nothing that happens before that.
const enum answer answers[ORDERS] = {
    [A] = CAN,     // all are cooked before main looks
    [B] = CAN,     // the first hand has the fig, and is slow
    [C] = CANNOT,  // there is no third hand
    [D] = CAN,     // each jar is labelled while the next is cooked
    [E] = CANNOT,  // the first jar is the fig's
    [F] = CANNOT,  // the loop gives the second result before the third
    [G] = CAN,     // as D, with a plum that is quick and a main that is not
};
