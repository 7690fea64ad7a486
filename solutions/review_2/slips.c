// Solution of review_2/slips.

#include "slips.h"

int hand_out_slips(const char *guests[], int count)
{
    int handed_out = 0;
    cf_with (pool, cf_thread_pool(.max_workers = MOST_GUESTS)) {
        int guest = 0;
        cf_for (slip, cf_map(pool, write_slip, guests, (size_t)count)) {
            // Used right here. Tempting: to keep the texts for later. They go
            // away with this turn of the loop, and copies would have to be
            // freed.
            if (!cf_failed(slip)) {
                hand_out(guest, cf_as_str(slip));
                handed_out++;
            }
            // On either way: an error has its place, too.
            guest++;
        }
    }
    return handed_out;
}
