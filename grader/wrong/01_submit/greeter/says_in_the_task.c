// Each task says its greeting itself, as soon as it has it.

#include "greeter.h"

static cf_value greet_and_say(cf_value name)
{
    const cf_value greeting = greet_slowly(name);
    say(cf_as_str(greeting));
    return greeting;
}

void greet_all(const char *names[], int count)
{
    cf_with (pool, cf_thread_pool(.max_workers = MOST_GUESTS)) {
        cf_future *greetings[MOST_GUESTS];
        for (int i = 0; i < count; i++) {
            greetings[i] = cf_submit(pool, greet_and_say, names[i]);
        }
        for (int i = 0; i < count; i++) {
            cf_result(greetings[i]);
        }
    }
}
