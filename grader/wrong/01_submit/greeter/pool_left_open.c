// Opens a pool and leaves it open: "the program ends soon anyway".

#include "greeter.h"

void greet_all(const char *names[], int count)
{
    cf_executor *pool = cf_thread_pool();
    cf_future *greetings[MOST_GUESTS];
    for (int i = 0; i < count; i++) {
        greetings[i] = cf_submit(pool, greet_slowly, names[i]);
    }
    for (int i = 0; i < count; i++) {
        say(cf_as_str(cf_result(greetings[i])));
    }
}
