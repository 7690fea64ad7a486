// A pool is closed with a promise that nobody has set. What goes on from there
// runs once, before the pool is gone.

#include <assert.h>
#include <cfutures.h>
#include <stdatomic.h>

static atomic_int runs;

static cf_value count(cf_value error)
{
    assert(cf_as_error(error)->code == CF_ESHUTDOWN);
    atomic_fetch_add(&runs, 1);
    return cf_none();
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_catch(cf_promise(pool), count);
    cf_close(pool);
    assert(atomic_load(&runs) == 1);
    return 0;
}
