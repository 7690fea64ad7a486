// First without waiting, then with; in between, a task is refused.

#include <assert.h>
#include <cfutures.h>

static cf_value same(cf_value x)
{
    return x;
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_future *before = cf_submit(pool, same, 1);
    cf_shutdown(pool, CF_NO_WAIT);
    assert(cf_exception(cf_submit(pool, same, 2))->code == CF_ESHUTDOWN);
    cf_shutdown(pool, CF_WAIT);
    assert(cf_done(before));
    cf_close(pool);
    return 0;
}
