// Solution of 01_submit/greeter.

#include "greeter.h"

void greet_all(const char *names[], int count)
{
    // Each task waits most of its time, so each may have a worker. Tempting:
    // one worker "to save threads", and the guests queue for it.
    cf_with (pool, cf_thread_pool(.max_workers = MOST_GUESTS)) {
        // Two loops. The tempting single one, submit and cf_result in the
        // same turn, waits for each guest before it has asked the next.
        cf_future *greetings[MOST_GUESTS];
        for (int i = 0; i < count; i++) {
            greetings[i] = cf_submit(pool, greet_slowly, names[i]);
        }

        // In the order of the names, not of being ready: while we sleep in
        // cf_result for the first, the others go on.
        for (int i = 0; i < count; i++) {
            say(cf_as_str(cf_result(greetings[i])));
        }
    }
}
