// Goes through the answers in the order of the list, and waits for the slow
// shop while a quicker one has had the spice for long.

#include "early_exit.h"

bool find_spice(const char *shops[], size_t count)
{
    bool is_found = false;
    cf_with (pool, cf_thread_pool(.max_workers = LINES)) {
        cf_future *calls[MOST_SHOPS];
        for (size_t i = 0; i < count; i++) {
            calls[i] = cf_submit(pool, ask, shops[i]);
        }
        for (size_t i = 0; i < count && !is_found; i++) {
            if (cf_exception(calls[i]) == NULL) {
                tell(cf_as_str(cf_result(calls[i])));
                is_found = true;
            }
        }
        for (size_t i = 0; i < count; i++) {
            cf_cancel(calls[i]);
        }
    }
    return is_found;
}
