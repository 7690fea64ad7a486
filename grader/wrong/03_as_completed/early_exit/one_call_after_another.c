// Asks the next shop when the one before had none: no call too many, and no two
// at a time.

#include "early_exit.h"

bool find_spice(const char *shops[], size_t count)
{
    bool is_found = false;
    cf_with (pool, cf_thread_pool(.max_workers = LINES)) {
        for (size_t i = 0; i < count && !is_found; i++) {
            cf_future *call = cf_submit(pool, ask, shops[i]);
            if (cf_exception(call) == NULL) {
                tell(cf_as_str(cf_result(call)));
                is_found = true;
            }
        }
    }
    return is_found;
}
