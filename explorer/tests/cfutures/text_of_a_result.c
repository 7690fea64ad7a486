// A text that a task made is whole when the caller reads it.

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
    cf_future *greeting = cf_submit(pool, greet, "Ada");
    assert(strcmp(cf_as_str(cf_result(greeting)), "Hello, Ada!") == 0);
    cf_close(pool);
    return 0;
}
