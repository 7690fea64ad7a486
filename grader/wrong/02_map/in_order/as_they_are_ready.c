// Labels the jars in the order in which the jams are ready: the first that is
// ready gets jar 0, whichever fruit it is.

#include "in_order.h"

void cook_all(const char *fruits[], size_t count)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *jams[MOST_FRUITS];
        for (size_t i = 0; i < count; i++) {
            jams[i] = cf_submit(pool, cook_jam, fruits[i]);
        }
        int jar = 0;
        cf_for_completed (jam, jams, count) {
            put_label(jar++, cf_as_str(cf_result(jam)));
        }
    }
}
