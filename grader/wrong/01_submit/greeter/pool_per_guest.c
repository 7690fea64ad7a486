// Opens a pool for each guest. Its block waits for the task at its end, so
// the guests are greeted one after another.

#include "greeter.h"

void greet_all(const char *names[], int count)
{
    for (int i = 0; i < count; i++) {
        cf_with (pool, cf_thread_pool()) {
            cf_future *greeting = cf_submit(pool, greet_slowly, names[i]);
            say(cf_as_str(cf_result(greeting)));
        }
    }
}
