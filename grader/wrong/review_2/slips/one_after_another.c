// Waits for each slip before the next is begun.

#include "slips.h"

int hand_out_slips(const char *guests[], int count)
{
    int handed_out = 0;
    cf_with (pool, cf_thread_pool(.max_workers = MOST_GUESTS)) {
        for (int i = 0; i < count; i++) {
            const cf_value slip =
                cf_result(cf_submit(pool, write_slip, guests[i]));
            if (!cf_failed(slip)) {
                hand_out(i, cf_as_str(slip));
                handed_out++;
            }
        }
    }
    return handed_out;
}
