// The one way in which a future becomes final, whoever ends it: a worker, a
// task that ran it in place, a cancel, a pool without threads.
//
//     under the pool's lock    cfi_settle_locked: publishes the state
//     without it               cfi_settle_announce: wakes who sleeps, calls the
//                              callbacks
//     under the lock again     only if there were callbacks: until they have
//                              returned, the pool counts the task as
//                              unfinished, and the worker as busy

#include "internal.h"

bool cfi_settle_is_quiet_locked(const cf_executor *pool)
{
    return cfi_load_is_quiet(&pool->load);
}

bool cfi_settle_tell_quiet_locked(cf_executor *pool)
{
    if (!cfi_settle_is_quiet_locked(pool) || pool->waiting_shutdowns == 0) {
        return false;
    }
    // Relaxed: it changes under the lock only.
    atomic_fetch_add_explicit(&pool->drained_epoch, 1, memory_order_relaxed);
    return true;
}

// Takes the future out of the pool's numbers. Returns whether those who wait
// for the pool's last task have to be woken.
static bool leave_books_locked(cf_executor *pool, cf_future *future)
    CFI_REQUIRES(pool->lock)
{
    pool->load.unfinished -= future->counts_unfinished;
    pool->load.busy -= future->counts_busy;
    future->counts_unfinished = false;
    future->counts_busy = false;
    return cfi_settle_tell_quiet_locked(pool);
}

// They go on from here, and are not to look back.
static void let_go_of_tails_locked(const cf_future *head)
{
    for (struct cfi_callback *callback = head->first_callback; callback != NULL;
         callback = callback->next) {
        if (callback->tail != NULL) {
            callback->tail->head = NULL;
        }
    }
}

struct cfi_afterwards cfi_settle_locked(cf_executor *pool, cf_future *future,
                                        enum cf_state state)
{
    struct cfi_afterwards afterwards = {.callbacks = future->first_callback};
    if (afterwards.callbacks != NULL) {
        // Also what was no task: a promise, or a tail, that is cancelled.
        cfi_queue_count_locked(pool, future);
        let_go_of_tails_locked(future);
    }
    const bool is_counted = cfi_hooks_enter();
    afterwards.wake_callers = cfi_future_finish(future, state);
    cfi_watches_tell_locked(future, &afterwards.wakes);
    if (afterwards.callbacks == NULL) {
        afterwards.wake_shutdowns = leave_books_locked(pool, future);
    }
    if (is_counted) {
        cfi_hooks_finished_counted(&pool->gauge, &pool->load, future);
        cfi_hooks_leave();
    }
    cfi_bound_check_locked(pool);
    return afterwards;
}

// ----- afterwards -----

// Returns whether the shutdowns have to be woken.
static bool call_back(cf_executor *pool, cf_future *future,
                      struct cfi_line *later)
{
    // Without the lock: only this thread, which ends the future, changes it.
    cfi_callbacks_run(future, future->first_callback, !future->counts_busy,
                      later);
    cfi_lock_acquire(&pool->lock);
    if (later->first != NULL) {
        // This thread goes on with it, and is busy until the last in line.
        later->first->counts_busy |= future->counts_busy;
        future->counts_busy = false;
    }
    const bool wake_shutdowns = leave_books_locked(pool, future);
    cfi_hooks_load(&pool->gauge, &pool->load);
    cfi_lock_release(&pool->lock);
    return wake_shutdowns;
}

static void conclude(cf_executor *pool, cf_future *future, bool wake_shutdowns)
{
    if (wake_shutdowns) {
        cfi_port_wake(&pool->drained_epoch, CFI_WAKE_ALL);
    }
    cfi_hooks_changed();
    cfi_future_unref(future);
}

void cfi_settle_announce_later(cf_executor *pool, cf_future *future,
                               struct cfi_afterwards afterwards,
                               struct cfi_line *later)
{
    if (afterwards.wake_callers) {
        cfi_future_wake(future);
    }
    cfi_wakes_send(&afterwards.wakes);
    if (afterwards.callbacks == NULL) {
        conclude(pool, future, afterwards.wake_shutdowns);
        return;
    }
    cfi_hooks_changed();
    future->next_queued = NULL;
    if (later->first == NULL) {
        later->first = future;
    } else {
        later->last->next_queued = future;
    }
    later->last = future;
}

void cfi_settle_announce(cf_executor *pool, cf_future *future,
                         struct cfi_afterwards afterwards)
{
    struct cfi_line later = {NULL, NULL};
    cfi_settle_announce_later(pool, future, afterwards, &later);
    cfi_settle_call_back(&later);
}

void cfi_settle_call_back(struct cfi_line *later)
{
    while (later->first != NULL) {
        cf_future *next = later->first;
        later->first = next->next_queued;
        cf_executor *pool = next->pool;
        conclude(pool, next, call_back(pool, next, later));
    }
}
