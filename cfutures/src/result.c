// Waiting for a result. A thread of the program sleeps until the task is done.
// A thread that is inside a task of the same pool takes the task out of the
// queue and runs it in place, if it has not started: else a pool whose workers
// all wait would never come to run it. If that cannot be, it sleeps, and its
// pool has a spare thread meanwhile. If it cannot be yet, since the task starts
// later, it sleeps until that is due at most.

#include "internal.h"

#include "report.h"

// ----- running a task in place -----

void cfi_run_claimed(cf_future *future)
{
    cf_executor *pool = future->pool;
    cfi_task_run(future);

    cfi_lock_acquire(&pool->lock);
    const struct cfi_afterwards afterwards =
        cfi_settle_locked(pool, future, CF_FINISHED);
    cfi_lock_release(&pool->lock);
    cfi_settle_announce(pool, future, afterwards);
}

static cf_future *first_startable_locked(cf_future *future)
    CFI_REQUIRES(future->pool->lock)
{
    cf_future *first = cfi_queue_first_of_chain_locked(future);
    return first != NULL && cfi_timers_is_due(first) ? first : NULL;
}

static bool run_in_place(cf_future *future)
{
    cfi_lock_acquire(&future->pool->lock);
    cf_future *first = first_startable_locked(future);
    if (first != NULL) {
        (void)cfi_queue_claim_locked(future->pool, first);
        cfi_bound_check_locked(future->pool);
        cfi_hooks_load(&future->pool->gauge, &future->pool->load);
    }
    cfi_lock_release(&future->pool->lock);
    if (first == NULL) {
        return false;
    }
    cfi_hooks_changed();
    cfi_run_claimed(first);
    return true;
}

// Is this thread one that may run it, and is there room on its stack?
static bool is_the_place_for(const cf_future *future)
{
    const struct cfi_frame *task = cfi_frame_current();
    return task != NULL && task->depth < CFI_DEEPEST_FRAME &&
           cfi_frame_is_of_pool(future->pool) &&
           cfi_pool_runs_here(future->pool) &&
           cfi_future_state(future) == CF_PENDING;
}

bool cfi_run_in_place(cf_future *future)
{
    return is_the_place_for(future) && run_in_place(future);
}

int64_t cfi_run_in_place_from(cf_future *future)
{
    if (!is_the_place_for(future)) {
        return CFI_NO_DEADLINE;
    }
    cfi_lock_acquire(&future->pool->lock);
    const cf_future *first = cfi_queue_first_of_chain_locked(future);
    const int64_t from = first == NULL ? CFI_NO_DEADLINE : first->call.due;
    cfi_lock_release(&future->pool->lock);
    return from;
}

// ----- waiting without a limit -----

static cf_value park(cf_future *future)
{
    cfi_hooks_caller_parks(future);
    (void)cfi_future_park(future, CFI_NO_DEADLINE);
    return cfi_future_result(future);
}

// Returns an error if it would be for ever, else nothing.
static cf_value park_in_task(cf_future *future)
{
    struct cfi_waiter waiter;
    struct cfi_watch watch = {.future = future, .waiter = &waiter};
    cfi_waiter_init(&waiter, 1);
    waiter.first_watch = &watch;
    cfi_watch_begin(&watch);
    const cf_value circle = cfi_waiter_is_content(&waiter)
                                ? cf_none()
                                : cfi_waiter_sleep_in_task(&waiter);
    cfi_watch_end(&watch);
    return circle;
}

// Is the future, or what it goes on from, a task that this thread is inside of?
static bool waits_for_itself(cf_future *future)
{
    bool is_inside = cfi_frame_is_inside(future);
    cfi_lock_acquire(&future->pool->lock);
    for (const cf_future *head = future->head; head != NULL && !is_inside;
         head = head->head) {
        is_inside = cfi_frame_is_inside(head);
    }
    cfi_lock_release(&future->pool->lock);
    return is_inside;
}

static bool can_be_run(cf_future *future)
{
    cfi_lock_acquire(&future->pool->lock);
    const bool can = first_startable_locked(future) != NULL;
    cfi_lock_release(&future->pool->lock);
    return can;
}

bool cfi_is_too_deep_for(cf_future *future)
{
    return cfi_frame_current()->depth >= CFI_DEEPEST_FRAME &&
           cfi_frame_is_of_pool(future->pool) &&
           cfi_pool_runs_here(future->pool) && can_be_run(future);
}

// Inside a task: what can be done here besides sleeping? Returns an error if
// the future can never be done, else nothing.
static cf_value help_or_sleep(cf_future *future)
{
    if (cfi_run_in_place(future) || cfi_future_is_done(future)) {
        return cf_none();
    }
    if (cfi_is_too_deep_for(future)) {
        return cfi_fail("cf_result", CF_EDEADLOCK,
                        "%d tasks wait for each other in a chain on this "
                        "thread; that is the limit",
                        CFI_DEEPEST_FRAME);
    }
    return park_in_task(future);
}

static cf_value wait_in_task(cf_future *future)
{
    if (waits_for_itself(future)) {
        return cfi_fail("cf_result", CF_EDEADLOCK,
                        "the task waits for its own result: %s",
                        future->call.label);
    }
    while (!cfi_future_is_done(future)) {
        const cf_value outcome = help_or_sleep(future);
        if (cf_failed(outcome)) {
            return outcome;
        }
    }
    return cfi_future_result(future);
}

static cf_value wait(cf_future *future)
{
    if (cfi_future_is_done(future)) {
        return cfi_future_result(future);
    }
    return cfi_frame_current() == NULL ? park(future) : wait_in_task(future);
}

cf_value cf_result(cf_future *future)
{
    if (future == NULL) {
        cfi_stop("cf_result: the future is NULL");
    }
    return wait(future);
}

const cf_error *cf_exception(cf_future *future)
{
    if (future == NULL) {
        cfi_stop("cf_exception: the future is NULL");
    }
    return cf_as_error(wait(future));
}

// ----- waiting for some time -----

cf_value cfi_result_until(cf_future *future, int64_t deadline)
{
    if (cfi_future_is_done(future)) {
        return cfi_future_result(future);
    }
    if (deadline == CFI_NO_DEADLINE) {
        return wait(future);
    }
    cfi_spare_lend(NULL, deadline);
    const bool is_done = cfi_future_park(future, deadline);
    cfi_spare_return(NULL);
    return is_done ? cfi_future_result(future) : cfi_error_static(&cfi_timeout);
}

cf_value cf_result_within(cf_future *future, double seconds)
{
    if (future == NULL) {
        cfi_stop("cf_result_within: the future is NULL");
    }
    if (cfi_future_is_done(future)) {
        return cfi_future_result(future);
    }
    if (!(seconds > 0)) {  // not a number counts as 0
        cfi_hooks_polled();
        return cfi_error_static(&cfi_timeout);
    }
    return cfi_result_until(future, cfi_port_deadline(seconds));
}
