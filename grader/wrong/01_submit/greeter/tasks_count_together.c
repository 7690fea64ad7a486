// All tasks count the guests in one variable, which nothing guards. The
// greetings are right, so nobody notices.

#include "greeter.h"

static int guests_greeted;

static cf_value greet_and_count(cf_value name)
{
    cf_value greeting = greet_slowly(name);
    guests_greeted++;
    return greeting;
}

void greet_all(const char *names[], int count)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *greetings[MOST_GUESTS];
        for (int i = 0; i < count; i++) {
            greetings[i] = cf_submit(pool, greet_and_count, names[i]);
        }
        for (int i = 0; i < count; i++) {
            say(cf_as_str(cf_result(greetings[i])));
        }
    }
}
