// One loop: asks for each greeting before it submits the next.

#include "greeter.h"

void greet_all(const char *names[], int count)
{
    cf_with (pool, cf_thread_pool()) {
        for (int i = 0; i < count; i++) {
            cf_future *greeting = cf_submit(pool, greet_slowly, names[i]);
            say(cf_as_str(cf_result(greeting)));
        }
    }
}
