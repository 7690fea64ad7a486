// expect: cf_future \*, (struct )?cf_value
// A callback without its second parameter, the context.
#include <cfutures.h>

static cf_value itself(cf_value arg)
{
    return arg;
}

static void done(cf_future *future)
{
    (void)future;
}

int main(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_on_done(cf_submit(pool, itself, 1), done, 0);  // here
    }
}
