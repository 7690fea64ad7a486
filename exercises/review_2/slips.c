// Exercise review_2/slips. The contract is in slips.h. Run the check, and say
// to yourself what is wrong, before you change a line.

#include "slips.h"

// TODO: Follow one guest whose order failed, and then the one behind: which
// number has a slip in the map, and which here? Then follow one text: who owns
// it, and is its owner still there when it is handed out?
int hand_out_slips(const char *guests[], int count)
{
    const char *slips[MOST_GUESTS];
    int written = 0;
    cf_with (pool, cf_thread_pool(.max_workers = MOST_GUESTS)) {
        cf_for (slip, cf_map(pool, write_slip, guests, (size_t)count)) {
            if (!cf_failed(slip)) {
                slips[written++] = cf_as_str(slip);
            }
        }
    }
    for (int i = 0; i < written; i++) {
        hand_out(i, slips[i]);
    }
    return written;
}
