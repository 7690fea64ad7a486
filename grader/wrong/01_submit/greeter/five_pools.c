// Everything at once, but each guest gets a pool of their own.

#include "greeter.h"

void greet_all(const char *names[], int count)
{
    cf_executor *pools[MOST_GUESTS];
    cf_future *greetings[MOST_GUESTS];
    for (int i = 0; i < count; i++) {
        pools[i] = cf_thread_pool();
        greetings[i] = cf_submit(pools[i], greet_slowly, names[i]);
    }
    for (int i = 0; i < count; i++) {
        say(cf_as_str(cf_result(greetings[i])));
    }
    for (int i = 0; i < count; i++) {
        cf_close(pools[i]);
    }
}
