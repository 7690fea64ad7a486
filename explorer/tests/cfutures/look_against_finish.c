// A future is looked at while its task waits, runs or ends. Allowed: finished,
// with the result; or not finished, and without one. Never half of it.

#include <assert.h>
#include <cfutures.h>
#include <string.h>

static cf_value greet(cf_value name)
{
    return cf_format("Hello, %s!", cf_as_str(name));
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_future *future = cf_submit(pool, greet, "Ada");
    const struct cf_snapshot now = cf_look(future);
    assert(now.error == NULL);
    if (now.state == CF_FINISHED) {
        assert(strcmp(cf_as_str(now.result), "Hello, Ada!") == 0);
    } else {
        assert(strcmp(cf_kind_name(now.result), "nothing") == 0);
    }
    cf_close(pool);
    return 0;
}
