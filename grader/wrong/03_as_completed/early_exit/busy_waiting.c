// Goes round and round and asks each call whether it is over.

#include "early_exit.h"

bool find_spice(const char *shops[], size_t count)
{
    bool is_found = false;
    cf_with (pool, cf_thread_pool(.max_workers = LINES)) {
        cf_future *calls[MOST_SHOPS];
        for (size_t i = 0; i < count; i++) {
            calls[i] = cf_submit(pool, ask, shops[i]);
        }
        bool is_seen[MOST_SHOPS] = {false};
        size_t left = count;
        while (left > 0 && !is_found) {
            for (size_t i = 0; i < count && !is_found; i++) {
                if (!is_seen[i] && cf_done(calls[i])) {
                    is_seen[i] = true;
                    left--;
                    if (cf_exception(calls[i]) == NULL) {
                        tell(cf_as_str(cf_result(calls[i])));
                        is_found = true;
                    }
                }
            }
        }
        for (size_t i = 0; i < count; i++) {
            cf_cancel(calls[i]);
        }
    }
    return is_found;
}
