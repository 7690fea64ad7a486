// A future given back before, while or after its task runs.

#include <cfutures.h>

static cf_value greet(cf_value name)
{
    return cf_format("Hello, %s!", cf_as_str(name));
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_release(cf_submit(pool, greet, "Ada"));
    cf_release(cf_submit(pool, greet, "Ben"));
    cf_close(pool);
    return 0;
}
