// Threads need locks, says hearsay: one lock around the slow part, and the
// guests queue for it.

#include "greeter.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static cf_value greet_carefully(cf_value name)
{
    pthread_mutex_lock(&lock);
    cf_value greeting = greet_slowly(name);
    pthread_mutex_unlock(&lock);
    return greeting;
}

void greet_all(const char *names[], int count)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *greetings[MOST_GUESTS];
        for (int i = 0; i < count; i++) {
            greetings[i] = cf_submit(pool, greet_carefully, names[i]);
        }
        for (int i = 0; i < count; i++) {
            say(cf_as_str(cf_result(greetings[i])));
        }
    }
}
