// Takes whatever is ready first for an answer.

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
            tell(cf_as_str(cf_result(call)));
            is_found = true;
            break;
        }
        for (size_t i = 0; i < count; i++) {
            cf_cancel(calls[i]);
        }
    }
    return is_found;
}
