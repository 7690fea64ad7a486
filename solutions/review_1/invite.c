// Solution of review_1/invite.

#include "invite.h"

int invite(const char *friends[], int count, int seats)
{
    int taken = 0;
    cf_with (pool, cf_thread_pool(.max_workers = PHONES)) {
        cf_future *calls[MOST_FRIENDS];
        for (int i = 0; i < count; i++) {
            calls[i] = cf_submit(pool, phone, friends[i]);
        }
        cf_for_completed (call, calls, (size_t)count) {
            if (cf_exception(call) == NULL) {
                // Of this call. Tempting: calls[taken]. The array stays in the
                // order of the friends; that one may still be on the phone, or
                // not come.
                keep_seat(cf_as_str(cf_result(call)));
                taken++;
                if (taken == seats) {
                    break;
                }
            }
        }
        // Of all calls. cf_cancel(call) would take back the one that is over.
        // And no cf_close: that is what the end of the block does.
        for (int i = 0; i < count; i++) {
            cf_cancel(calls[i]);
        }
    }
    return taken;
}
