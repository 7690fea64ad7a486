// All tasks number their visits in one variable, which nothing guards. The
// greetings are right, so nobody notices.

#include "failed_task.h"

#include <errno.h>

static int visits_made;

cf_value visit(cf_value name)
{
    const char *who = cf_as_str(name);
    visits_made++;
    if (!ring(who)) {
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
