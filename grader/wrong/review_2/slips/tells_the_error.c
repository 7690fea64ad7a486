// Hands out the message of the error as a slip.

#include "slips.h"

int hand_out_slips(const char *guests[], int count)
{
    int handed_out = 0;
    cf_with (pool, cf_thread_pool(.max_workers = MOST_GUESTS)) {
        int guest = 0;
        cf_for (slip, cf_map(pool, write_slip, guests, (size_t)count)) {
            const bool is_good = !cf_failed(slip);
            hand_out(guest,
                     is_good ? cf_as_str(slip) : cf_as_error(slip)->message);
            handed_out++;
            guest++;
        }
    }
    return handed_out;
}
