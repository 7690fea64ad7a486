// One cook, three dishes, and a guest who leaves after the first. What has not
// started then is taken back.
//
// How many are taken back? Compiled with -DCLAIM=N, the program fails if it
// were N of them, so that the explorer can look for an order where it is.

#include <cfutures.h>
#include <stdio.h>

#ifndef CLAIM
#define CLAIM (-1)
#endif

static cf_value cook(cf_value dish)
{
    return cf_format("%s, hot", cf_as_str(dish));
}

int main(void)
{
    const char *menu[] = {"soup", "salad", "roast"};
    int taken_back = 0;

    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *plates[3];
        for (int i = 0; i < 3; i++) {
            plates[i] = cf_submit(pool, cook, menu[i]);
        }
        // [enough]
        cf_for_completed (plate, plates, 3) {
            puts(cf_as_str(cf_result(plate)));
            break;
        }
        for (int i = 0; i < 3; i++) {
            if (cf_cancel(plates[i])) {
                taken_back++;
            }
        }
        // [/enough]
    }
    return taken_back == CLAIM;
}
