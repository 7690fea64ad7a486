// Who sees to the work: a thread that sleeps, a new one, or, while a task
// sleeps in a wait, a spare. If there can be none of these, a task that sleeps
// until what is queued is done: it runs that in place.
//
// A thread that sleeps inside its task doesn't count as one of max_workers. So
// when it wakes up there may be more of them awake than that; who comes to the
// end of its task then takes no other one until there is room again.
//
// If there are tasks that start later, and a thread that is free, one such
// thread is the timekeeper (timer.c). It is called for work last.

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

// So many tasks may begin on threads that are there.
static size_t beginnings(const struct cfi_load *load)
{
    return least(load->threads - load->busy,
                 rest(load->limit, load->busy - load->parked));
}

size_t cfi_load_startable(const struct cfi_load *load)
{
    return least(load->queued, beginnings(load));
}

size_t cfi_load_startable_in_time(const struct cfi_load *load)
{
    return least(load->queued + load->timed, beginnings(load));
}

static size_t most_new_threads(const struct cfi_load *load)
{
    return least(rest(load->limit, load->threads - load->parked),
                 rest(load->limit + CFI_MOST_SPARES, load->threads));
}

bool cfi_load_is_quiet(const struct cfi_load *load)
{
    const bool has_no_hands =
        load->threads == load->parked && most_new_threads(load) == 0;
    const size_t waiting = has_no_hands ? load->queued + load->timed : 0;
    return load->unfinished == load->asleep + waiting;
}

void cfi_hands_alarm_locked(cf_executor *pool, struct cfi_hands *hands)
{
    // Relaxed: it changes under the lock only.
    atomic_fetch_add_explicit(&pool->alarm_epoch, 1, memory_order_relaxed);
    hands->alarm = true;
}

// Nobody keeps the time: calls a thread that has nothing else to do, if there
// can be one.
static void call_timekeeper_locked(cf_executor *pool, struct cfi_hands *hands)
    CFI_REQUIRES(pool->lock)
{
    const struct cfi_load *load = &pool->load;
    if (pool->sleeping_workers > hands->wake) {
        hands->wake++;
    } else if (load->threads - load->busy <= load->queued &&
               most_new_threads(load) > 0) {
        pool->load.threads++;
        hands->start++;
    }
    // Else: one that is awake will come to it.
}

void cfi_hands_call_sleeper_locked(cf_executor *pool, struct cfi_hands *hands)
{
    const struct cfi_load *load = &pool->load;
    struct cfi_waiter *sleeper = pool->sleepers;
    if (load->queued == 0 || load->threads > load->parked) {
        return;
    }
    while (sleeper != NULL && !cfi_waiter_can_help_locked(sleeper, pool)) {
        sleeper = sleeper->next_sleeper;
    }
    if (sleeper != NULL) {
        hands->sleeper = cfi_waiter_call_locked(sleeper, pool);
    }
}

struct cfi_hands cfi_hands_call_locked(cf_executor *pool, size_t tasks)
{
    struct cfi_load *load = &pool->load;
    const size_t needed = rest(load->queued, load->threads - load->busy);
    struct cfi_hands hands = {
        .start = least(tasks, least(needed, most_new_threads(load)))};
    load->threads += hands.start;
    const size_t left = tasks - hands.start;
    hands.wake = least(left, pool->sleeping_workers);
    if (left > hands.wake && pool->has_timekeeper) {
        cfi_hands_alarm_locked(pool, &hands);
    }
    if (pool->timers != NULL && !pool->has_timekeeper) {
        call_timekeeper_locked(pool, &hands);
    }
    if (hands.wake > 0) {
        // Relaxed: it changes under the lock only.
        atomic_fetch_add_explicit(&pool->work_epoch, 1, memory_order_relaxed);
    }
    cfi_hands_call_sleeper_locked(pool, &hands);
    return hands;
}

struct cfi_hands cfi_hands_hand_on_locked(cf_executor *pool)
{
    const size_t sleeping = pool->sleeping_workers;
    const size_t queued = pool->load.queued;
    struct cfi_hands hands = {.wake = least(queued, sleeping)};
    if (queued > hands.wake && pool->has_timekeeper) {
        cfi_hands_alarm_locked(pool, &hands);
    }
    if (pool->timers != NULL && !pool->has_timekeeper && sleeping > queued) {
        hands.wake++;  // to keep the time
    }
    if (hands.wake > 0) {
        // Relaxed: it changes under the lock only.
        atomic_fetch_add_explicit(&pool->work_epoch, 1, memory_order_relaxed);
    }
    cfi_hands_call_sleeper_locked(pool, &hands);
    return hands;
}

void cfi_hands_get(cf_executor *pool, struct cfi_hands hands)
{
    if (hands.wake > 0) {
        cfi_port_wake(&pool->work_epoch, (int)hands.wake);
    }
    if (hands.alarm) {
        cfi_port_wake(&pool->alarm_epoch, 1);
    }
    if (hands.sleeper != NULL) {
        cfi_port_wake(hands.sleeper, CFI_WAKE_ALL);
    }
    for (size_t i = 0; i < hands.start; i++) {
        cfi_worker_start(pool);
    }
}

// ----- spares -----

// Does it wait for futures of this pool only? Told ones don't count.
static bool waits_for_own_only(const struct cfi_waiter *waiter,
                               const cf_executor *pool)
{
    for (const struct cfi_watch *watch = waiter->first_watch; watch != NULL;
         watch = watch->sibling) {
        if (watch->future->pool != pool && !cfi_watch_is_over(watch)) {
            return false;
        }
    }
    return true;
}

// Whoever ends what the waiter waits for takes it out of the number again.
static void fall_asleep_locked(cf_executor *pool, struct cfi_waiter *waiter)
    CFI_REQUIRES(pool->lock)
{
    if (!cfi_waiter_is_content(waiter)) {
        waiter->asleep = cfi_frame_tasks_of(pool);
        pool->load.asleep += waiter->asleep;
    }
}

static void enlist_locked(cf_executor *pool, struct cfi_waiter *waiter)
    CFI_REQUIRES(pool->lock)
{
    waiter->next_sleeper = pool->sleepers;
    pool->sleepers = waiter;
}

static void delist_locked(cf_executor *pool, const struct cfi_waiter *waiter)
    CFI_REQUIRES(pool->lock)
{
    struct cfi_waiter **link = &pool->sleepers;
    while (*link != waiter) {
        link = &(*link)->next_sleeper;
    }
    *link = waiter->next_sleeper;
}

void cfi_spare_lend(struct cfi_waiter *waiter, int64_t deadline)
{
    cf_executor *pool = cfi_frame_worker_of();
    if (pool == NULL) {
        return;
    }
    const bool falls_asleep = waiter != NULL && deadline == CFI_NO_DEADLINE &&
                              waits_for_own_only(waiter, pool);
    cfi_lock_acquire(&pool->lock);
    pool->load.parked++;
    if (waiter != NULL) {
        enlist_locked(pool, waiter);
    }
    if (falls_asleep) {
        fall_asleep_locked(pool, waiter);
    }
    const bool is_quiet = cfi_settle_tell_quiet_locked(pool);
    const struct cfi_hands hands =
        cfi_hands_call_locked(pool, pool->load.queued > 0);
    cfi_bound_check_locked(pool);
    cfi_hooks_load(&pool->gauge, &pool->load);
    cfi_lock_release(&pool->lock);
    if (is_quiet) {
        cfi_port_wake(&pool->drained_epoch, CFI_WAKE_ALL);
    }
    cfi_hands_get(pool, hands);
    cfi_hooks_changed();
}

void cfi_spare_return(struct cfi_waiter *waiter)
{
    cf_executor *pool = cfi_frame_worker_of();
    if (pool == NULL) {
        return;
    }
    cfi_lock_acquire(&pool->lock);
    pool->load.parked--;
    if (waiter != NULL) {
        delist_locked(pool, waiter);
    }
    cfi_hooks_load(&pool->gauge, &pool->load);
    cfi_lock_release(&pool->lock);
}
