// Says all greetings first, then notes the failures: nothing is lost but the
// order.

#include "failed_task.h"

#include <errno.h>

cf_value visit(cf_value name)
{
    const char *who = cf_as_str(name);
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
            if (cf_exception(visits[i]) == NULL) {
                say(cf_as_str(cf_result(visits[i])));
            }
        }
        for (int i = 0; i < count; i++) {
            if (cf_exception(visits[i]) != NULL) {
                note(cf_exception(visits[i])->message);
                failures++;
            }
        }
    }
    return failures;
}
