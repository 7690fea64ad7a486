// An error that was taken along outlives its pool, whether the task had
// finished or not even started when the pool was closed.

#include <assert.h>
#include <cfutures.h>
#include <errno.h>

static cf_value fail(cf_value name)
{
    return cf_fail(ENOENT, "no %s", cf_as_str(name));
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_future *kept = cf_keep(cf_submit(pool, fail, "door"));
    cf_close(pool);
    assert(cf_exception(kept)->code == ENOENT);
    cf_release(kept);
    return 0;
}
