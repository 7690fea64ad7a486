// Makes the pool smaller, and answers for the changed program.

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
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        int jar = 0;
        cf_for (jam, cf_map(pool, cook, fruits, 3)) {
            (void)jam;
            say(labels[jar++]);
        }
    }
}

const enum answer answers[ORDERS] = {
    [A] = CAN,    [B] = CANNOT, [C] = CANNOT, [D] = CAN,
    [E] = CANNOT, [F] = CANNOT, [G] = CAN,
};
