// Goes on after the good answer, and tells the kitchen of each.

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
            if (cf_exception(call) == NULL) {
                tell(cf_as_str(cf_result(call)));
                is_found = true;
            }
        }
    }
    return is_found;
}
