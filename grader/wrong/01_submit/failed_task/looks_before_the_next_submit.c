// Asks each visit for its error before it submits the next. Asking waits.

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
        for (int i = 0; i < count; i++) {
            cf_future *one = cf_submit(pool, visit, names[i]);
            const cf_error *error = cf_exception(one);
            if (error != NULL) {
                note(error->message);
                failures++;
            } else {
                say(cf_as_str(cf_result(one)));
            }
        }
    }
    return failures;
}
