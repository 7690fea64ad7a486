// Loops by hand, and the return in the middle skips the end of the loop.

#include "early_exit.h"

bool find_spice(const char *shops[], size_t count)
{
    cf_with (pool, cf_thread_pool(.max_workers = LINES)) {
        cf_future *calls[MOST_SHOPS];
        for (size_t i = 0; i < count; i++) {
            calls[i] = cf_submit(pool, ask, shops[i]);
        }
        cf_completed *over = cf_as_completed(calls, count, CF_FOREVER);
        cf_future *call;
        while ((call = cf_next_completed(over)) != NULL) {
            if (cf_exception(call) == NULL) {
                tell(cf_as_str(cf_result(call)));
                for (size_t i = 0; i < count; i++) {
                    cf_cancel(calls[i]);
                }
                return true;
            }
        }
        cf_completed_close(over);
    }
    return false;
}
