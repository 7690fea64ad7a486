// Two workers, two tasks and a third that waits in the queue while one of them
// ends. It is cancelled by main or run by a worker, and main, who waits for it,
// always gets an answer. Cancelling again changes nothing.

#include <assert.h>
#include <cfutures.h>

static cf_value same(cf_value x)
{
    return x;
}

static cf_value cancel(cf_value future)
{
    return cf_int(cf_cancel(cf_as_ptr(future)));
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_future *victim = cf_submit(pool, same, 7);
    cf_future *canceller = cf_submit(pool, cancel, cf_ptr(victim));
    const cf_error *error = cf_exception(victim);
    const bool was_cancelled = cf_as_int(cf_result(canceller));
    assert(was_cancelled == (error != NULL && error->code == CF_ECANCELLED));
    assert(cf_cancel(victim) == was_cancelled);
    cf_close(pool);
    return 0;
}
