// Writes each name into the same buffer and gives all tasks its address. When
// they read it, it holds the last name.

#include "greeter.h"

#include <stdio.h>

static cf_value greet_from_buffer(cf_value buffer)
{
    return greet_slowly(cf_str(cf_as_ptr(buffer)));
}

void greet_all(const char *names[], int count)
{
    cf_with (pool, cf_thread_pool()) {
        char name[64];
        cf_future *greetings[MOST_GUESTS];
        for (int i = 0; i < count; i++) {
            snprintf(name, sizeof name, "%s", names[i]);
            greetings[i] = cf_submit(pool, greet_from_buffer, cf_ptr(name));
        }
        for (int i = 0; i < count; i++) {
            say(cf_as_str(cf_result(greetings[i])));
        }
    }
}
