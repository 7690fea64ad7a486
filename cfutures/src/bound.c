// The bound on pending tasks (max_pending): who submits to a full pool waits
// here for room.
//
// Tasks that a worker is about to take don't count: a pool is full when as many
// tasks are queued as it has places for running ones left, and max_pending
// more. So there is room again when a task ends, when one sleeps in a wait, and
// when one is taken out of the queue without a place: by a cancel, or by a task
// that runs it in place.

#include "internal.h"

bool cfi_bound_is_reached_locked(const cf_executor *pool)
{
    const struct cfi_load *load = &pool->load;
    const size_t running = load->busy - load->parked;
    const size_t places = load->limit > running ? load->limit - running : 0;
    return pool->max_pending > 0 && load->queued >= pool->max_pending + places;
}

static bool must_wait_locked(const cf_executor *pool) CFI_REQUIRES(pool->lock)
{
    return cfi_bound_is_reached_locked(pool) && !pool->is_shut_down &&
           pool->broken.message == NULL;
}

void cfi_bound_wait(cf_executor *pool)
{
    cfi_spare_lend(NULL, CFI_NO_DEADLINE);
    cfi_lock_acquire(&pool->lock);
    while (must_wait_locked(pool)) {
        pool->waiting_submits++;
        // Relaxed: it changes under the lock only.
        const uint32_t epoch =
            atomic_load_explicit(&pool->room_epoch, memory_order_relaxed);
        cfi_hooks_submit_parks(&pool->gauge);
        cfi_lock_release(&pool->lock);
        cfi_hooks_changed();

        (void)cfi_port_wait(&pool->room_epoch, epoch, CFI_NO_DEADLINE);

        cfi_lock_acquire(&pool->lock);
        pool->waiting_submits--;
    }
    cfi_lock_release(&pool->lock);
    cfi_spare_return(NULL);
}

// The one wake under a lock: it is rare, and everything that can make room
// would have to carry it out of the lock otherwise.
static void wake_locked(cf_executor *pool, int count) CFI_REQUIRES(pool->lock)
{
    // Relaxed: it changes under the lock only.
    atomic_fetch_add_explicit(&pool->room_epoch, 1, memory_order_relaxed);
    cfi_hooks_submits_go_on(&pool->gauge, count);
    cfi_port_wake(&pool->room_epoch, count);
}

void cfi_bound_check_locked(cf_executor *pool)
{
    if (pool->waiting_submits > 0 && !cfi_bound_is_reached_locked(pool)) {
        wake_locked(pool, 1);
    }
}

void cfi_bound_lift_locked(cf_executor *pool)
{
    if (pool->waiting_submits > 0) {
        wake_locked(pool, CFI_WAKE_ALL);
    }
}
