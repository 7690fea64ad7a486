// Takes a copy of the answer and tells it behind the block, when the other
// calls are over.

#include "early_exit.h"

bool find_spice(const char *shops[], size_t count)
{
    bool is_found = false;
    cf_value answer = cf_none();
    cf_with (pool, cf_thread_pool(.max_workers = LINES)) {
        cf_future *calls[MOST_SHOPS];
        for (size_t i = 0; i < count; i++) {
            calls[i] = cf_submit(pool, ask, shops[i]);
        }
        cf_for_completed (call, calls, count) {
            if (cf_exception(call) == NULL) {
                answer = cf_copy(cf_result(call));
                is_found = true;
                break;
            }
        }
        for (size_t i = 0; i < count; i++) {
            cf_cancel(calls[i]);
        }
    }
    if (is_found) {
        tell(cf_as_str(answer));
    }
    cf_free(answer);
    return is_found;
}
