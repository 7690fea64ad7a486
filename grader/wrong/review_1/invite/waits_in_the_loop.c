// Looks at each call before it makes the next.

#include "invite.h"

int invite(const char *friends[], int count, int seats)
{
    int taken = 0;
    cf_with (pool, cf_thread_pool(.max_workers = PHONES)) {
        cf_future *calls[MOST_FRIENDS];
        for (int i = 0; i < count; i++) {
            calls[i] = cf_submit(pool, phone, friends[i]);
            if (cf_exception(calls[i]) == NULL) {
                keep_seat(cf_as_str(cf_result(calls[i])));
                taken++;
                if (taken == seats) {
                    break;
                }
            }
        }
    }
    return taken;
}
