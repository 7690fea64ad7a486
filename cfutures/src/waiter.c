// The waiter: what is missing, and sleeping until it is not. See waiter.h.

#include "waiter.h"

#include "internal.h"

// ----- the waiter's count -----

void cfi_waiter_init(struct cfi_waiter *waiter, size_t missing)
{
    *waiter = (struct cfi_waiter){.ends_at_error = false};
    atomic_init(&waiter->word, (uint32_t)missing);
    atomic_init(&waiter->told, NULL);
}

void cfi_waiter_expect(struct cfi_waiter *waiter, size_t missing)
{
    // Relaxed: cfi_waiter_take_told, which has to follow, publishes it.
    atomic_store_explicit(&waiter->word, (uint32_t)missing,
                          memory_order_relaxed);
}

bool cfi_waiter_is_content(const struct cfi_waiter *waiter)
{
    // Acquire: pairs with the release in count_down.
    const uint32_t word =
        atomic_load_explicit(&waiter->word, memory_order_acquire);
    return (word & CFI_MOST_MISSING) == 0;
}

bool cfi_waiter_is_awake(const struct cfi_waiter *waiter)
{
    // Relaxed: who is about to sleep on the word will see it there.
    return cfi_waiter_is_content(waiter) ||
           (atomic_load_explicit(&waiter->word, memory_order_relaxed) &
            CFI_WAITER_CALLED) != 0;
}

// ----- sleeping -----

static bool sleep_until_content(struct cfi_waiter *waiter, int64_t deadline)
{
    bool has_time = true;
    for (;;) {
        uint32_t word =
            atomic_load_explicit(&waiter->word, memory_order_acquire);
        if ((word & CFI_MOST_MISSING) == 0) {
            return true;
        }
        if (!has_time || (word & CFI_WAITER_CALLED) != 0) {
            return false;
        }
        // As in cfi_future_park: announced before sleeping.
        const uint32_t parked = word | CFI_WAITER_PARKED;
        if (word == parked || atomic_compare_exchange_weak_explicit(
                                  &waiter->word, &word, parked,
                                  memory_order_relaxed, memory_order_relaxed)) {
            has_time = cfi_port_wait(&waiter->word, parked, deadline);
        }
    }
}

// When the first of the tasks is due that could be run in place then. Nobody
// else may be there to see to it: all threads may wait like this one.
static int64_t first_due(const struct cfi_waiter *waiter)
{
    int64_t first = CFI_NO_DEADLINE;
    for (const struct cfi_watch *watch = waiter->first_watch; watch != NULL;
         watch = watch->sibling) {
        const int64_t due = cfi_run_in_place_from(watch->future);
        first = due < first ? due : first;
    }
    return first;
}

cf_value cfi_waiter_sleep_in_task(struct cfi_waiter *waiter)
{
    const cf_value circle = cfi_cycle_enter(waiter);
    if (!cf_failed(circle)) {
        const int64_t due = first_due(waiter);
        cfi_spare_lend(waiter, due);
        if (due == CFI_NO_DEADLINE) {
            cfi_hooks_waiter_parks(waiter);
        }
        (void)sleep_until_content(waiter, due);
        cfi_spare_return(waiter);
        cfi_cycle_leave();
    }
    return circle;
}

bool cfi_waiter_help_or_sleep(struct cfi_waiter *waiter)
{
    bool is_too_deep = false;
    for (const struct cfi_watch *watch = waiter->first_watch; watch != NULL;
         watch = watch->sibling) {
        if (cfi_run_in_place(watch->future)) {
            return true;
        }
        is_too_deep = is_too_deep || cfi_is_too_deep_for(watch->future);
    }
    if (cfi_waiter_is_content(waiter)) {
        return true;
    }
    return !is_too_deep && !cf_failed(cfi_waiter_sleep_in_task(waiter));
}

bool cfi_waiter_sleep(struct cfi_waiter *waiter, int64_t deadline)
{
    cfi_spare_lend(NULL, deadline);
    if (deadline == CFI_NO_DEADLINE) {
        cfi_hooks_waiter_parks(waiter);
    }
    const bool is_content = sleep_until_content(waiter, deadline);
    cfi_spare_return(NULL);
    return is_content;
}

// Unchecked: clang doesn't see that it is the lock of the future's pool.
CFI_UNCHECKED
bool cfi_waiter_can_help_locked(const struct cfi_waiter *waiter,
                                const cf_executor *pool)
{
    for (const struct cfi_watch *watch = waiter->first_watch; watch != NULL;
         watch = watch->sibling) {
        const cf_future *first = NULL;
        if (!cfi_watch_is_over(watch) && watch->future->pool == pool) {
            first = cfi_queue_first_of_chain_locked(watch->future);
        }
        if (first != NULL && first->place == CFI_IN_QUEUE) {
            return true;
        }
    }
    return false;
}
