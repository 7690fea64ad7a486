// Gives each error its place, and still reads the texts when their owner is
// gone.

#include "slips.h"

int hand_out_slips(const char *guests[], int count)
{
    const char *slips[MOST_GUESTS] = {NULL};
    int guest = 0;
    int handed_out = 0;
    cf_with (pool, cf_thread_pool(.max_workers = MOST_GUESTS)) {
        cf_for (slip, cf_map(pool, write_slip, guests, (size_t)count)) {
            if (!cf_failed(slip)) {
                slips[guest] = cf_as_str(slip);
            }
            guest++;
        }
    }
    for (int i = 0; i < count; i++) {
        if (slips[i] != NULL) {
            hand_out(i, slips[i]);
            handed_out++;
        }
    }
    return handed_out;
}
