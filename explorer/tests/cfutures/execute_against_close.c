// Tasks without a future, and a pool that is closed at once: each runs.

#include <assert.h>
#include <cfutures.h>
#include <stdatomic.h>

static atomic_int runs;

static cf_value count(cf_value text)
{
    atomic_fetch_add(&runs, (int)cf_size(text));
    return text;
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    assert(cf_execute(pool, count, "a"));
    assert(cf_execute(pool, count, "bb"));
    cf_close(pool);
    assert(atomic_load(&runs) == 3);
    return 0;
}
