// A task that is asked to stop, before, while or after it runs: what cf_stop
// says is true.

#include <assert.h>
#include <cfutures.h>

static cf_value say(cf_value unused)
{
    (void)unused;
    return cf_int(cf_stopping());
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 1);
    cf_future *future = cf_submit(pool, say, 0);
    const bool was_in_time = cf_stop(future);
    const cf_value result = cf_result(future);
    if (cf_cancelled(future)) {
        assert(was_in_time && cf_as_error(result)->code == CF_ECANCELLED);
    } else {
        // It may have looked before it was asked; never without being asked.
        assert(was_in_time || cf_as_int(result) == 0);
    }
    cf_close(pool);
    return 0;
}
