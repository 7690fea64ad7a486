// Goes round and round and asks each plate whether it is done.

#include "first_come.h"

void serve_all(const char *dishes[], size_t count)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *plates[MOST_DISHES];
        for (size_t i = 0; i < count; i++) {
            plates[i] = cf_submit(pool, cook, dishes[i]);
        }
        bool is_served[MOST_DISHES] = {false};
        size_t left = count;
        while (left > 0) {
            for (size_t i = 0; i < count; i++) {
                if (!is_served[i] && cf_done(plates[i])) {
                    serve(cf_as_str(cf_result(plates[i])));
                    is_served[i] = true;
                    left--;
                }
            }
        }
    }
}
