// Holds one lock while ringing, so that the visits queue for it.

#include "failed_task.h"

#include <errno.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

cf_value visit(cf_value name)
{
    const char *who = cf_as_str(name);
    pthread_mutex_lock(&lock);
    const bool was_opened = ring(who);
    pthread_mutex_unlock(&lock);
    if (!was_opened) {
        return cf_fail(ENOENT, "nobody at home: %s", who);
    }
    return cf_format("Hello, %s!", who);
}

int visit_all(const char *names[], int count)
{
    int failures = 0;
    cf_with (pool, cf_thread_pool()) {
        cf_future *visits[MOST_DOORS];
        for (int i = 0; i < count; i++) {
            visits[i] = cf_submit(pool, visit, names[i]);
        }
        for (int i = 0; i < count; i++) {
            const cf_error *error = cf_exception(visits[i]);
            if (error != NULL) {
                note(error->message);
                failures++;
            } else {
                say(cf_as_str(cf_result(visits[i])));
            }
        }
    }
    return failures;
}
