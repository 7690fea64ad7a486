// Returns the message as an ordinary text, and tells it from a greeting by its
// first letters.

#include "failed_task.h"

#include <string.h>

cf_value visit(cf_value name)
{
    const char *who = cf_as_str(name);
    if (!ring(who)) {
        return cf_format("nobody at home: %s", who);
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
            const char *text = cf_as_str(cf_result(visits[i]));
            if (strncmp(text, "nobody", strlen("nobody")) == 0) {
                note(text);
                failures++;
            } else {
                say(text);
            }
        }
    }
    return failures;
}
