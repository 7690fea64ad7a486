// Asks whether all seats are taken before it takes the next.

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
                if (taken == seats) {
                    break;
                }
                keep_seat(cf_as_str(cf_result(call)));
                taken++;
            }
        }
        for (int i = 0; i < count; i++) {
            cf_cancel(calls[i]);
        }
    }
    return taken;
}
