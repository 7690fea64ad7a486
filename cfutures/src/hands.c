// Who sees to the work: a thread that sleeps, a new one, or, while a task
// sleeps in a wait, a spare.
//
// A thread that sleeps inside its task doesn't count as one of max_workers. So
// when it wakes up there may be more of them awake than that; who comes to the
// end of its task then takes no other one until there is room again.

#include "internal.h"

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

// 0 where there is nothing left.
static size_t rest(size_t whole, size_t part)
{
    return whole > part ? whole - part : 0;
}

size_t cfi_load_startable(const struct cfi_load *load)
{
    const size_t free_threads = load->threads - load->busy;
    const size_t room = rest(load->limit, load->busy - load->parked);
    return least(load->queued, least(free_threads, room));
}

struct cfi_hands cfi_hands_call_locked(cf_executor *pool, size_t tasks)
{
    struct cfi_load *load = &pool->load;
    const size_t needed = rest(load->queued, load->threads - load->busy);
    const size_t allowed =
        least(rest(load->limit, load->threads - load->parked),
              rest(load->limit + CFI_MOST_SPARES, load->threads));
    struct cfi_hands hands = {.start = least(tasks, least(needed, allowed))};
    load->threads += hands.start;
    hands.wake = least(tasks - hands.start, pool->sleeping_workers);
    if (hands.wake > 0) {
        // Relaxed: it changes under the lock only.
        atomic_fetch_add_explicit(&pool->work_epoch, 1, memory_order_relaxed);
    }
    return hands;
}

void cfi_hands_get(cf_executor *pool, struct cfi_hands hands)
{
    if (hands.wake > 0) {
        cfi_port_wake(&pool->work_epoch, (int)hands.wake);
    }
    for (size_t i = 0; i < hands.start; i++) {
        cfi_worker_start(pool);
    }
}

// ----- spares -----

void cfi_spare_lend(void)
{
    cf_executor *pool = cfi_frame_worker_of();
    if (pool == NULL) {
        return;
    }
    cfi_lock_acquire(&pool->lock);
    pool->load.parked++;
    const struct cfi_hands hands =
        cfi_hands_call_locked(pool, pool->load.queued > 0);
    cfi_bound_check_locked(pool);
    cfi_hooks_load(&pool->gauge, &pool->load);
    cfi_lock_release(&pool->lock);
    cfi_hands_get(pool, hands);
    cfi_hooks_changed();
}

void cfi_spare_return(void)
{
    cf_executor *pool = cfi_frame_worker_of();
    if (pool == NULL) {
        return;
    }
    cfi_lock_acquire(&pool->lock);
    pool->load.parked--;
    cfi_hooks_load(&pool->gauge, &pool->load);
    cfi_lock_release(&pool->lock);
}
