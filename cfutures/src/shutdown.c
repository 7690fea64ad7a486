// How a pool ends.
//
//     open ----> shut down ----> closed
//                  accepts no      all tasks done, threads joined,
//                  more tasks      futures and pool freed

#include "internal.h"

#include "log.h"
#include "process/crew.h"
#include "report.h"
#include "writer.h"

// ----- shutting down -----

static void refuse_inside(const cf_executor *pool, const char *function)
{
    if (cfi_frame_is_of_pool(pool)) {
        cfi_stop("%s: called inside a task of the pool itself, it would wait "
                 "for its own end",
                 function);
    }
}

static void shut_down(cf_executor *pool)
{
    cfi_lock_acquire(&pool->lock);
    pool->is_shut_down = true;
    cfi_bound_lift_locked(pool);
    cfi_lock_release(&pool->lock);
}

// Cancels the task that would start next. False: none is queued.
static bool cancel_first(cf_executor *pool)
{
    struct cfi_afterwards afterwards;
    cfi_lock_acquire(&pool->lock);
    cf_future *first = cfi_queue_first_locked(pool);
    const bool is_mine =
        first != NULL && cfi_queue_cancel_locked(pool, first, &afterwards);
    cfi_lock_release(&pool->lock);
    if (is_mine) {
        cfi_settle_announce(pool, first, afterwards);
    }
    return is_mine;
}

// Sleeps, without the lock, until drained_epoch changes. False: the deadline
// has passed.
static bool sleep_unlocked(cf_executor *pool, int64_t deadline)
    CFI_REQUIRES(pool->lock)
{
    pool->waiting_shutdowns++;
    // Relaxed: it changes under the lock only.
    const uint32_t epoch =
        atomic_load_explicit(&pool->drained_epoch, memory_order_relaxed);
    cfi_lock_release(&pool->lock);
    cfi_hooks_changed();

    const bool has_time = cfi_port_wait(&pool->drained_epoch, epoch, deadline);

    cfi_lock_acquire(&pool->lock);
    pool->waiting_shutdowns--;
    return has_time;
}

// Sleeps until no task is queued or running. The pool is shut down, so there
// will be none after that either. False: the deadline has passed before.
static bool wait_until_drained(cf_executor *pool, int64_t deadline)
{
    bool has_time = true;
    if (deadline == CFI_NO_DEADLINE) {
        cfi_hooks_shutdown_parks(&pool->gauge);
    }
    cfi_lock_acquire(&pool->lock);
    while (pool->load.unfinished > 0 && has_time) {
        has_time = sleep_unlocked(pool, deadline);
    }
    const bool is_drained = pool->load.unfinished == 0;
    cfi_lock_release(&pool->lock);
    return is_drained;
}

void cf_shutdown(cf_executor *pool, enum cf_shutdown_flags flags)
{
    if (pool == NULL) {
        cfi_stop("cf_shutdown: the pool is NULL");
    }
    if (pool->is_immortal || cfi_fork_inherited(pool)) {
        return;
    }
    const bool waits = (flags & CF_WAIT) != 0;
    if (waits) {
        refuse_inside(pool, "cf_shutdown with CF_WAIT");
    }
    shut_down(pool);
    while ((flags & CF_CANCEL_PENDING) != 0 && cancel_first(pool)) {
    }
    if (waits) {
        (void)wait_until_drained(pool, CFI_NO_DEADLINE);
    }
}

// ----- closing -----

// Sleeps until nothing goes on by itself any more. Then takes a promise that
// has no result, if there is one: in the same turn, because another thread may
// set it. False: the deadline has passed before.
static bool wait_until_quiet(cf_executor *pool, int64_t deadline,
                             cf_future **promise)
{
    bool has_time = true;
    cfi_lock_acquire(&pool->lock);
    while (!cfi_settle_is_quiet_locked(pool) && has_time) {
        if (deadline == CFI_NO_DEADLINE) {
            cfi_hooks_close_parks(&pool->gauge);
        }
        has_time = sleep_unlocked(pool, deadline);
    }
    const bool is_quiet = cfi_settle_is_quiet_locked(pool);
    *promise = is_quiet ? cfi_promise_claim_first_locked(pool) : NULL;
    cfi_lock_release(&pool->lock);
    return is_quiet;
}

// Waits for the tasks, and ends promises that nobody can keep any more: one
// after another, because a task that went on from one may keep the next. False:
// the deadline has passed before.
static bool finish_all(cf_executor *pool, int64_t deadline)
{
    cf_future *promise;
    do {
        if (!wait_until_quiet(pool, deadline, &promise)) {
            return false;
        }
        if (promise != NULL) {
            cfi_promise_break(promise);
        }
    } while (promise != NULL);
    return true;
}

// From here on the pool is the caller's alone: who closes it as well, now or
// later, is stopped before the pool is looked at, which may be gone.
static void take(const cf_executor *pool, const char *function)
{
    refuse_inside(pool, function);
    if (!cfi_open_pools_remove(pool)) {
        cfi_stop("%s: this pool is closed already.\n"
                 "  A cf_with closes its pool itself, at the end of its block: "
                 "is there a cf_close for the same pool?",
                 function);
    }
}

// The pool gives back its reference to each future. Those that were kept live
// on, and never look at the pool again.
static void disown_futures(cf_executor *pool)
{
    cfi_lock_acquire(&pool->lock);
    pool->is_closed = true;
    cf_future *future = pool->owned;
    cfi_lock_release(&pool->lock);
    while (future != NULL) {
        cf_future *next = future->next_owned;
        cfi_future_unref(future);
        future = next;
    }
}

static void end(cf_executor *pool)
{
    cfi_workers_end(pool);
    if (pool->crew != NULL) {
        cfi_crew_destroy(pool->crew);
    }
    disown_futures(pool);
    cfi_hooks_executor_closed(&pool->gauge);
    cfi_owner_free_all(&pool->held);
    cfi_executor_unref(pool);
}

// How many tasks are named that keep a pool from closing.
enum { MOST_NAMES = 8 };

static void report_unfinished(cf_executor *pool, const char *function)
{
    const char *labels[MOST_NAMES];  // literals
    size_t names = 0;
    cfi_lock_acquire(&pool->lock);
    const size_t queued = pool->load.queued + pool->load.timed;
    const size_t unfinished = pool->load.unfinished;
    for (const struct cfi_worker *worker = pool->workers;
         worker != NULL && names < MOST_NAMES; worker = worker->next) {
        if (worker->task != NULL) {
            labels[names++] = worker->task;
        }
    }
    cfi_lock_release(&pool->lock);

    struct cfi_writer writer;
    cfi_writer_init(&writer);
    cfi_write(&writer,
              "%s: the time was over before the tasks were; %zu not started, "
              "%zu running:",
              function, queued, unfinished - queued);
    for (size_t i = 0; i < names; i++) {
        cfi_write(&writer, "\n  %s", labels[i]);
    }
    cfi_log(writer.text);
    cfi_writer_deinit(&writer);
}

void cfi_pool_drain(cf_executor *pool, int64_t deadline)
{
    shut_down(pool);
    if (!wait_until_drained(pool, deadline)) {
        report_unfinished(pool, "exit");
    }
}

// Is there nothing to be closed: no pool, one that got no memory, or one that a
// forked child has inherited? `pool` may be gone.
static bool is_nothing(const cf_executor *pool)
{
    if (pool == NULL || cfi_open_pools_are_inherited(pool)) {
        return true;
    }
    if (cfi_pool_is_none(pool)) {
        cfi_hooks_executor_closed(NULL);
        return true;
    }
    return false;
}

bool cf_close_within(cf_executor *pool, double seconds)
{
    if (is_nothing(pool)) {
        return true;
    }
    take(pool, "cf_close_within");
    shut_down(pool);
    if (!finish_all(pool, cfi_port_deadline(seconds))) {
        if (!(seconds > 0)) {
            cfi_hooks_polled();
        }
        report_unfinished(pool, "cf_close_within");
        cfi_open_pools_add(pool);
        return false;
    }
    end(pool);
    return true;
}

void cf_close(cf_executor *pool)
{
    if (is_nothing(pool)) {
        return;
    }
    take(pool, "cf_close");
    shut_down(pool);
    (void)finish_all(pool, CFI_NO_DEADLINE);
    end(pool);
}

void cf_close_at_end_of_scope(cf_executor **pool)
{
    cf_close(*pool);
}
