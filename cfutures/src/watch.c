// The watches: told when their future is done. See waiter.h.

#include "waiter.h"

#include "internal.h"

// ----- telling -----

// Takes one, or all, from what is missing. Returns whether nothing is missing
// any more by that.
static bool count_down(struct cfi_waiter *waiter, bool all, bool *is_parked)
{
    uint32_t word = atomic_load_explicit(&waiter->word, memory_order_relaxed);
    uint32_t left;
    do {
        if ((word & CFI_MOST_MISSING) == 0) {
            return false;
        }
        left = all || (word & CFI_MOST_MISSING) == 1 ? 0 : word - 1;
        // Release: pairs with the acquire in cfi_waiter_is_content.
    } while (!atomic_compare_exchange_weak_explicit(&waiter->word, &word, left,
                                                    memory_order_release,
                                                    memory_order_relaxed));
    *is_parked = (word & CFI_WAITER_PARKED) != 0;
    return left == 0;
}

static void push_told(struct cfi_waiter *waiter, struct cfi_watch *watch)
{
    watch->next_told =
        atomic_load_explicit(&waiter->told, memory_order_relaxed);
    // Release: publishes the watch. Acquire: sees what cfi_waiter_expect set
    // before the list was last taken.
    while (!atomic_compare_exchange_weak_explicit(
        &waiter->told, &watch->next_told, watch, memory_order_acq_rel,
        memory_order_relaxed)) {
    }
}

struct cfi_watch *cfi_waiter_take_told(struct cfi_waiter *waiter)
{
    // Both pair with push_told.
    struct cfi_watch *last =
        atomic_exchange_explicit(&waiter->told, NULL, memory_order_acq_rel);
    struct cfi_watch *first = NULL;
    while (last != NULL) {
        struct cfi_watch *before = last->next_told;
        last->next_told = first;
        first = last;
        last = before;
    }
    return first;
}

bool cfi_watch_ends_all(const struct cfi_watch *watch)
{
    return watch->waiter->ends_at_error &&
           cfi_future_state(watch->future) != CF_CANCELLED &&
           cf_failed(cfi_future_result(watch->future));
}

// Under the pool's lock, in a step: from now on it counts as awake.
static void leave_the_asleep(struct cfi_waiter *waiter, cf_executor *pool)
{
    if (waiter->asleep > 0) {
        pool->load.asleep -= waiter->asleep;
        waiter->asleep = 0;
    }
    if (waiter->is_counted) {
        cfi_hooks_waiter_content_counted(waiter);
    }
}

cfi_word *cfi_waiter_call_locked(struct cfi_waiter *waiter, cf_executor *pool)
{
    // Relaxed: the lock orders what it will look at.
    atomic_fetch_or_explicit(&waiter->word, CFI_WAITER_CALLED,
                             memory_order_relaxed);
    const bool is_counted = cfi_hooks_enter();
    leave_the_asleep(waiter, pool);
    if (is_counted) {
        cfi_hooks_leave();
    }
    return &waiter->word;
}

// Returns the word to be woken, or NULL. Afterwards neither the watch nor the
// waiter may be looked at.
static cfi_word *tell(struct cfi_watch *watch)
{
    struct cfi_waiter *waiter = watch->waiter;
    bool is_parked = false;
    push_told(waiter, watch);
    const bool is_content =
        count_down(waiter, cfi_watch_ends_all(watch), &is_parked);
    if (is_content) {
        leave_the_asleep(waiter, watch->future->pool);
    }
    // Release: pairs with the acquire in cfi_watch_end.
    atomic_store_explicit(&watch->is_free, true, memory_order_release);
    return is_content && is_parked ? &waiter->word : NULL;
}

void cfi_watches_tell_locked(cf_future *future, struct cfi_wakes *wakes)
{
    struct cfi_watch *watch = future->first_watch;
    future->first_watch = NULL;
    while (watch != NULL) {
        struct cfi_watch *next = watch->next;
        cfi_word *word = tell(watch);
        if (word != NULL) {
            if (wakes->count == sizeof wakes->words / sizeof wakes->words[0]) {
                cfi_wakes_send(wakes);
            }
            wakes->words[wakes->count++] = word;
        }
        watch = next;
    }
}

void cfi_wakes_send(struct cfi_wakes *wakes)
{
    for (unsigned i = 0; i < wakes->count; i++) {
        cfi_port_wake(wakes->words[i], CFI_WAKE_ALL);
    }
    wakes->count = 0;
}

// ----- watching -----

// False: the future is done.
static bool enlist(struct cfi_watch *watch)
{
    cf_future *future = watch->future;
    if (cfi_future_is_done(future)) {
        return false;
    }
    cf_executor *pool = future->pool;
    cfi_lock_acquire(&pool->lock);
    const bool is_in_time = !cfi_future_is_done(future);
    if (is_in_time) {
        watch->previous = NULL;
        watch->next = future->first_watch;
        if (watch->next != NULL) {
            watch->next->previous = watch;
        }
        future->first_watch = watch;
    }
    cfi_lock_release(&pool->lock);
    return is_in_time;
}

void cfi_watch_begin(struct cfi_watch *watch)
{
    atomic_init(&watch->is_free, false);
    if (!enlist(watch)) {
        (void)tell(watch);
    }
}

bool cfi_watch_is_over(const struct cfi_watch *watch)
{
    // Acquire: pairs with the release in `tell`.
    return atomic_load_explicit(&watch->is_free, memory_order_acquire);
}

void cfi_watch_end(struct cfi_watch *watch)
{
    if (atomic_load_explicit(&watch->is_free, memory_order_acquire)) {
        return;
    }
    cf_executor *pool = watch->future->pool;
    cfi_lock_acquire(&pool->lock);
    // Under the lock nobody is telling it.
    if (!atomic_load_explicit(&watch->is_free, memory_order_relaxed)) {
        if (watch->previous != NULL) {
            watch->previous->next = watch->next;
        } else {
            watch->future->first_watch = watch->next;
        }
        if (watch->next != NULL) {
            watch->next->previous = watch->previous;
        }
    }
    cfi_lock_release(&pool->lock);
}
