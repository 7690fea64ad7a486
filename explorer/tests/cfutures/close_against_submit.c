// Two workers, three tasks: closing waits for all of them, started or not.

#include <assert.h>
#include <cfutures.h>
#include <stdatomic.h>

static atomic_int done;

static cf_value count(cf_value unused)
{
    (void)unused;
    atomic_fetch_add(&done, 1);
    return cf_none();
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    for (int i = 0; i < 3; i++) {
        cf_submit(pool, count, i);
    }
    cf_close(pool);
    assert(atomic_load(&done) == 3);
    return 0;
}
