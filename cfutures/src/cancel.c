// Cancelling: a task that has not started is taken back. Under the pool's lock
// it is in the queue or it is not, so a task is either cancelled or run.

#include "internal.h"

#include "report.h"

bool cf_cancel(cf_future *future)
{
    if (future == NULL) {
        cfi_stop("cf_cancel: the future is NULL");
    }
    if (!cfi_future_is_done(future)) {
        cf_executor *pool = future->pool;
        struct cfi_afterwards afterwards;
        cfi_lock_acquire(&pool->lock);
        const bool is_mine = cfi_queue_cancel_locked(pool, future, &afterwards);
        cfi_lock_release(&pool->lock);
        if (is_mine) {
            cfi_settle_announce(pool, future, afterwards);
        }
    }
    return cfi_future_state(future) == CF_CANCELLED;
}
