// Counts a parcel that failed as sent.

#include "parcels.h"

int send_all(const int ids[], int count)
{
    int sent = 0;
    cf_with (pool, cf_thread_pool(.max_workers = HANDS)) {
        cf_future *ends[MOST_PARCELS];
        for (int i = 0; i < count; i++) {
            cf_future *packed = cf_submit(pool, pack, ids[i]);
            ends[i] = cf_then(packed, hand_over);
        }
        cf_for_completed (end, ends, (size_t)count) {
            const cf_error *error = cf_exception(end);
            if (error != NULL) {
                note(error->message);
            } else {
                say(cf_as_str(cf_result(end)));
            }
            sent++;
        }
    }
    return sent;
}
