// The end of a chain is cancelled while its beginning waits, runs or ends.
// Allowed:
//
//     cf_cancel   the first task   the second
//     true        never or once    never
//     false       once             once

#include <assert.h>
#include <cfutures.h>
#include <stdatomic.h>

static atomic_int firsts;
static atomic_int seconds;

static cf_value first(cf_value x)
{
    atomic_fetch_add(&firsts, 1);
    return x;
}

static cf_value second(cf_value x)
{
    atomic_fetch_add(&seconds, 1);
    return x;
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_future *head = cf_submit(pool, first, 1);
    cf_future *tail = cf_then(head, second);
    cf_release(head);  // so it may be gone, too
    const bool was_cancelled = cf_cancel(tail);
    cf_close(pool);
    assert(atomic_load(&seconds) == (was_cancelled ? 0 : 1));
    assert(atomic_load(&firsts) == 1 ||
           (was_cancelled && atomic_load(&firsts) == 0));
    return 0;
}
