// Gives each plate the whole time, in the order of the array.

#include "timeout.h"

int serve_within(cf_future *plates[], int count, double seconds)
{
    int served = 0;
    for (int i = 0; i < count; i++) {
        cf_value plate = cf_result_within(plates[i], seconds);
        if (!cf_failed(plate)) {
            serve(cf_as_str(plate));
            served++;
        }
    }
    for (int i = 0; i < count; i++) {
        cf_cancel(plates[i]);
    }
    return count - served;
}
