// Takes the futures from a stack: the last guest is greeted first.

#include "greeter.h"

void greet_all(const char *names[], int count)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *greetings[MOST_GUESTS];
        int n = 0;
        while (n < count) {
            greetings[n] = cf_submit(pool, greet_slowly, names[n]);
            n++;
        }
        while (n > 0) {
            say(cf_as_str(cf_result(greetings[--n])));
        }
    }
}
