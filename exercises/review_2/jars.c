// Exercise review_2/jars. The contract is in jars.h, with the seven orders.
// Decide first, on paper; run the check then.

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

// ----- your answers -----

// TODO: For each order: is there a line that would have to wait for another one
// which stands behind it? What does the loop over a map wait for before it says
// `two`, and what does the kiwi wait for?
const enum answer answers[ORDERS] = {
    [A] = UNDECIDED,  // fig plum kiwi one two three
    [B] = UNDECIDED,  // plum kiwi fig one two three
    [C] = UNDECIDED,  // kiwi fig plum one two three
    [D] = UNDECIDED,  // fig one plum two kiwi three
    [E] = UNDECIDED,  // plum one fig kiwi two three
    [F] = UNDECIDED,  // fig plum one kiwi three two
    [G] = UNDECIDED,  // fig plum one kiwi two three
};
