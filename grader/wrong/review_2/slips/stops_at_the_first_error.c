// Leaves the loop when an order failed.

#include "slips.h"

int hand_out_slips(const char *guests[], int count)
{
    int handed_out = 0;
    cf_with (pool, cf_thread_pool(.max_workers = MOST_GUESTS)) {
        int guest = 0;
        cf_for (slip, cf_map(pool, write_slip, guests, (size_t)count)) {
            if (cf_failed(slip)) {
                break;
            }
            hand_out(guest, cf_as_str(slip));
            handed_out++;
            guest++;
        }
    }
    return handed_out;
}
