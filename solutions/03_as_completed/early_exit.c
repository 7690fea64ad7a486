// Solution of 03_as_completed/early_exit.

#include "early_exit.h"

bool find_spice(const char *shops[], size_t count)
{
    bool is_found = false;
    cf_with (pool, cf_thread_pool(.max_workers = LINES)) {
        cf_future *calls[MOST_SHOPS];
        for (size_t i = 0; i < count; i++) {
            calls[i] = cf_submit(pool, ask, shops[i]);
        }

        cf_for_completed (call, calls, count) {
            // Tempting: to take whatever is first. An error is there first as
            // easily as an answer, and it is not one.
            if (cf_exception(call) == NULL) {
                tell(cf_as_str(cf_result(call)));
                is_found = true;
                break;
            }
        }

        // Tempting: to leave it at the break. That ends the loop, and nothing
        // else: the queued calls would still be made, and the end of the block
        // would wait for all of them. Those that run or are over are not
        // harmed: cf_cancel only says no.
        for (size_t i = 0; i < count; i++) {
            cf_cancel(calls[i]);
        }
    }
    return is_found;
}
