// The test hooks: counts under one lock. See hooks.h for the rules.

#include <cfutures_testing.h>

#include <stdatomic.h>

#include "hooks.h"
#include "internal.h"
#include "lock.h"

static struct cfi_lock lock = {PTHREAD_MUTEX_INITIALIZER};
// lock guards:
static struct cf_test_snapshot counts;  // all but startable and workers_busy
static struct cfi_gauge *gauges;        // of the open executors
static void (*changed_function)(void *context);
static void *changed_context;

// Atomic, because it is looked at without the lock; changed under it. Relaxed:
// a thread that sees it late was not part of the test.
static atomic_bool is_on;

static bool is_counting(void)
{
    return atomic_load_explicit(&is_on, memory_order_relaxed);
}

// ----- steps -----

CFI_UNCHECKED bool cfi_hooks_enter(void)
{
    if (!is_counting()) {
        return false;
    }
    cfi_lock_acquire(&lock);
    return true;
}

CFI_UNCHECKED void cfi_hooks_leave(void)
{
    cfi_lock_release(&lock);
}

void cfi_hooks_changed(void)
{
    if (!cfi_hooks_enter()) {
        return;
    }
    void (*function)(void *) = changed_function;
    void *context = changed_context;
    cfi_hooks_leave();
    if (function != NULL) {
        function(context);
    }
}

CFI_UNCHECKED void cfi_hooks_end_in_child(void)
{
    lock = (struct cfi_lock){PTHREAD_MUTEX_INITIALIZER};
    atomic_store_explicit(&is_on, false, memory_order_relaxed);
    gauges = NULL;
}

// ----- what is counted -----

static void set_load(struct cfi_gauge *gauge, const struct cfi_load *load)
{
    gauge->load = *load;
    if (load->unfinished == 0) {
        counts.callers_blocked -= gauge->shutdowns_blocked;
        gauge->shutdowns_blocked = 0;
    }
    if (gauge->is_close_blocked && cfi_load_is_quiet(load)) {
        counts.callers_blocked--;
        gauge->is_close_blocked = false;
    }
}

void cfi_hooks_submitted_counted(struct cfi_gauge *gauge,
                                 const struct cfi_load *load, size_t tasks)
{
    counts.submitted += tasks;
    gauge->load = *load;
}

void cfi_hooks_finished_counted(struct cfi_gauge *gauge,
                                const struct cfi_load *load, cf_future *future)
{
    counts.finished += !cfi_future_is_promise(future);
    counts.callers_blocked -= future->callers_blocked;
    future->callers_blocked = 0;
    set_load(gauge, load);
}

void cfi_hooks_waiter_content_counted(struct cfi_waiter *waiter)
{
    waiter->is_counted = false;
    counts.callers_blocked--;
}

void cfi_hooks_load(struct cfi_gauge *gauge, const struct cfi_load *load)
{
    if (cfi_hooks_enter()) {
        set_load(gauge, load);
        cfi_hooks_leave();
    }
}

void cfi_hooks_submit_refused(void)
{
    if (cfi_hooks_enter()) {
        counts.submitted++;
        counts.finished++;
        cfi_hooks_leave();
        cfi_hooks_changed();
    }
}

void cfi_hooks_polled(void)
{
    if (cfi_hooks_enter()) {
        counts.polls++;
        cfi_hooks_leave();
        cfi_hooks_changed();
    }
}

void cfi_hooks_caller_parks(cf_future *future)
{
    if (!cfi_hooks_enter()) {
        return;
    }
    if (!cfi_future_is_done(future)) {
        future->callers_blocked++;
        counts.callers_blocked++;
    }
    cfi_hooks_leave();
    cfi_hooks_changed();
}

void cfi_hooks_shutdown_parks(struct cfi_gauge *gauge)
{
    if (!cfi_hooks_enter()) {
        return;
    }
    if (gauge->load.unfinished > 0) {
        gauge->shutdowns_blocked++;
        counts.callers_blocked++;
    }
    cfi_hooks_leave();
    cfi_hooks_changed();
}

void cfi_hooks_close_parks(struct cfi_gauge *gauge)
{
    if (cfi_hooks_enter()) {
        counts.callers_blocked += !gauge->is_close_blocked;
        gauge->is_close_blocked = true;
        cfi_hooks_leave();
    }
}

void cfi_hooks_submit_parks(struct cfi_gauge *gauge)
{
    if (cfi_hooks_enter()) {
        gauge->submits_blocked++;
        counts.callers_blocked++;
        cfi_hooks_leave();
    }
}

void cfi_hooks_submits_go_on(struct cfi_gauge *gauge, int count)
{
    if (cfi_hooks_enter()) {
        const size_t most = (size_t)count;
        const size_t some =
            gauge->submits_blocked < most ? gauge->submits_blocked : most;
        gauge->submits_blocked -= some;
        counts.callers_blocked -= some;
        cfi_hooks_leave();
    }
}

void cfi_hooks_waiter_parks(struct cfi_waiter *waiter)
{
    if (!cfi_hooks_enter()) {
        return;
    }
    if (!cfi_waiter_is_awake(waiter)) {
        waiter->is_counted = true;
        counts.callers_blocked++;
    }
    cfi_hooks_leave();
    cfi_hooks_changed();
}

// ----- executors -----

static void list(struct cfi_gauge *gauge)
{
    gauge->previous = NULL;
    gauge->next = gauges;
    if (gauges != NULL) {
        gauges->previous = gauge;
    }
    gauges = gauge;
    gauge->is_listed = true;
}

static void unlist(struct cfi_gauge *gauge)
{
    if (gauge->previous != NULL) {
        gauge->previous->next = gauge->next;
    } else {
        gauges = gauge->next;
    }
    if (gauge->next != NULL) {
        gauge->next->previous = gauge->previous;
    }
    gauge->is_listed = false;
}

void cfi_hooks_executor_opened(struct cfi_gauge *gauge)
{
    if (!cfi_hooks_enter()) {
        return;
    }
    counts.executors_opened++;
    counts.executors_open++;
    if (gauge != NULL) {
        list(gauge);
    }
    cfi_hooks_leave();
}

void cfi_hooks_executor_closed(struct cfi_gauge *gauge)
{
    if (!cfi_hooks_enter()) {
        return;
    }
    if (gauge == NULL || gauge->is_listed) {
        counts.executors_open--;
    }
    if (gauge != NULL && gauge->is_listed) {
        unlist(gauge);
    }
    cfi_hooks_leave();
}

// ----- for the tester -----

void cf_test_begin(void (*changed)(void *context), void *context)
{
    cfi_lock_acquire(&lock);
    counts = (struct cf_test_snapshot){0};
    changed_function = changed;
    changed_context = context;
    atomic_store_explicit(&is_on, true, memory_order_relaxed);
    cfi_lock_release(&lock);
}

void cf_test_end(void)
{
    cfi_lock_acquire(&lock);
    atomic_store_explicit(&is_on, false, memory_order_relaxed);
    while (gauges != NULL) {
        unlist(gauges);  // of executors that the tested code left open
    }
    cfi_lock_release(&lock);
}

void cf_test_snapshot(struct cf_test_snapshot *snapshot)
{
    cfi_lock_acquire(&lock);
    *snapshot = counts;
    for (const struct cfi_gauge *gauge = gauges; gauge; gauge = gauge->next) {
        const struct cfi_load *load = &gauge->load;
        snapshot->workers_busy += load->busy;
        snapshot->startable += cfi_load_startable_in_time(load);
    }
    cfi_lock_release(&lock);
}

bool cf_test_in_task(void)
{
    const struct cfi_frame *frame = cfi_frame_current();
    return frame != NULL && !frame->is_callback;
}
