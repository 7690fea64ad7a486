// Readings A and B come from one pool, forecasts a and b from another. Claims
// that the order CANNOT is impossible; the explorer tries to prove it wrong.

#include <assert.h>
#include <cfutures.h>
#include <string.h>

#ifndef CANNOT
#define CANNOT "abAB"
#endif
#ifndef CORES
#define CORES 1
#endif

static cf_value itself(cf_value arg)
{
    return arg;
}

// The forecast of A is a.
static cf_value forecast(cf_value letter)
{
    return cf_int(cf_as_int(letter) - 'A' + 'a');
}

int main(void)
{
    char order[5] = "";
    int next = 0;
    cf_with (channels, cf_thread_pool(.max_workers = 2)) {
        cf_with (cores, cf_thread_pool(.max_workers = CORES)) {
            cf_future *calls[] = {cf_submit(channels, itself, 'A'),
                                  cf_submit(channels, itself, 'B')};
            cf_future *forecasts[2];
            // [loops]
            int begun = 0;
            cf_for_completed (call, calls, 2) {
                forecasts[begun++] =
                    cf_submit(cores, forecast, cf_result(call));
                order[next++] = (char)cf_as_int(cf_result(call));
            }
            cf_for_completed (ready, forecasts, 2) {
                order[next++] = (char)cf_as_int(cf_result(ready));
            }
            // [/loops]
        }
    }
    assert(strcmp(order, CANNOT) != 0);
    return 0;
}
