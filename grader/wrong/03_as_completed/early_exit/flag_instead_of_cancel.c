// Takes nothing back: the tasks look at a variable that nothing guards, and do
// not call if it is set.

#include "early_exit.h"

static bool is_over;

static cf_value ask_unless_over(cf_value shop)
{
    if (is_over) {
        return cf_fail(CF_ECANCELLED, "not called");
    }
    return ask(shop);
}

bool find_spice(const char *shops[], size_t count)
{
    bool is_found = false;
    is_over = false;
    cf_with (pool, cf_thread_pool(.max_workers = LINES)) {
        cf_future *calls[MOST_SHOPS];
        for (size_t i = 0; i < count; i++) {
            calls[i] = cf_submit(pool, ask_unless_over, shops[i]);
        }
        cf_for_completed (call, calls, count) {
            if (cf_exception(call) == NULL) {
                tell(cf_as_str(cf_result(call)));
                is_found = true;
                is_over = true;
                break;
            }
        }
    }
    return is_found;
}
