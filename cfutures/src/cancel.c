// Cancelling: a task that has not started is taken back. Under the pool's lock
// it waits somewhere or it doesn't, so a task is either cancelled or run.

#include "internal.h"

#include "report.h"

// Would nobody miss it? Not if it was kept, somebody waits for it, or somebody
// besides tails that were cancelled wants to be told.
static bool is_unused_locked(const cf_future *head)
    CFI_REQUIRES(head->pool->lock)
{
    if (head->place == CFI_IN_NO_LIST ||  // its callbacks may be gone
        atomic_load_explicit(&head->keeps, memory_order_relaxed) > 0 ||
        cfi_future_has_sleeper(head) || head->first_watch != NULL) {
        return false;
    }
    for (const struct cfi_callback *callback = head->first_callback;
         callback != NULL; callback = callback->next) {
        if (callback->tail == NULL || !cfi_future_is_done(callback->tail)) {
            return false;
        }
    }
    return true;
}

// Returns the future's head, with a reference to it, if it was cancelled and
// has one. NULL: that was all.
static cf_future *cancel(cf_future *future, bool is_asked_for)
{
    struct cfi_afterwards afterwards;
    cf_future *head = NULL;
    cfi_lock_acquire(&future->pool->lock);
    const bool is_mine =
        (is_asked_for || is_unused_locked(future)) &&
        cfi_queue_cancel_locked(future->pool, future, &afterwards);
    if (is_mine && future->head != NULL) {
        head = future->head;
        cfi_future_ref(head);
    }
    cfi_lock_release(&future->pool->lock);
    if (is_mine) {
        cfi_settle_announce(future->pool, future, afterwards);
    }
    return head;
}

bool cf_cancel(cf_future *future)
{
    if (future == NULL) {
        cfi_stop("cf_cancel: the future is NULL");
    }
    cf_future *head = cfi_future_is_done(future) ? NULL : cancel(future, true);
    while (head != NULL) {
        cf_future *next = cancel(head, false);
        cfi_future_unref(head);
        head = next;
    }
    return cfi_future_state(future) == CF_CANCELLED;
}
