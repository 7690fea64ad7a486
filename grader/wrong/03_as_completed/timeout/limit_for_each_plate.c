// Gives each plate the whole time, in the order of the array.

#include "timeout.h"

size_t serve_within(cf_future *plates[], size_t count, double seconds)
{
    size_t served = 0;
    for (size_t i = 0; i < count; i++) {
        cf_value plate = cf_result_within(plates[i], seconds);
        if (!cf_failed(plate)) {
            serve(cf_as_str(plate));
            served++;
        }
    }
    for (size_t i = 0; i < count; i++) {
        cf_cancel(plates[i]);
    }
    return count - served;
}
