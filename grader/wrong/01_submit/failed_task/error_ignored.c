// Reads every result as a text, whether it is one or not.

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
    cf_with (pool, cf_thread_pool()) {
        cf_future *visits[MOST_DOORS];
        for (int i = 0; i < count; i++) {
            visits[i] = cf_submit(pool, visit, names[i]);
        }
        for (int i = 0; i < count; i++) {
            say(cf_as_str(cf_result(visits[i])));
        }
    }
    return 0;
}
