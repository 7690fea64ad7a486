// A pool is closed while one of its tasks waits for a promise, which another
// one may set. Allowed: the task gets that value, always, since closing waits
// for tasks that go on; and the promise that nobody sets ends with
// CF_ESHUTDOWN, so that the task that waits for it comes to its end.

#include <assert.h>
#include <cfutures.h>
#include <stdatomic.h>

static atomic_int codes;

static cf_value wait_for_it(cf_value promise)
{
    const cf_error *error = cf_exception(cf_as_ptr(promise));
    atomic_fetch_add(&codes, error == NULL ? 1 : error->code);
    return cf_none();
}

static cf_value set_it(cf_value promise)
{
    return cf_int(cf_set_result(cf_as_ptr(promise), 7));
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 1);
    cf_future *unset = cf_promise(pool);
    cf_submit(pool, wait_for_it, cf_ptr(unset));
    cf_close(pool);
    assert(atomic_load(&codes) == CF_ESHUTDOWN);

    pool = cf_thread_pool(.max_workers = 2);
    cf_future *set = cf_promise(pool);
    cf_submit(pool, wait_for_it, cf_ptr(set));
    cf_submit(pool, set_it, cf_ptr(set));
    cf_close(pool);
    assert(atomic_load(&codes) == CF_ESHUTDOWN + 1);
    return 0;
}
