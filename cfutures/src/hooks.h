// The library's side of the test hooks (cfutures_testing.h).
//
// While they are off, each call costs one relaxed load and a branch. While on,
// a change and its count are one step as seen by cf_test_snapshot: the change
// is made between cfi_hooks_enter and cfi_hooks_leave, or under a pool's lock
// that keeps others from acting on it before it is counted.

#ifndef CFI_HOOKS_H
#define CFI_HOOKS_H

#include <cfutures.h>
#include <stdbool.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

struct cfi_waiter;

// A pool's numbers.
struct cfi_load {
    size_t queued;      // PENDING, and to be started as soon as can be
    size_t timed;       // PENDING, and their time has not come
    size_t unfinished;  // PENDING or RUNNING
    size_t threads;     // started, or being started
    size_t busy;        // threads that have taken a task and not settled it
    size_t parked;      // of these: asleep in a wait inside their task
    size_t asleep;      // RUNNING, and until another future of the pool is
                        // done they will not go on
    size_t limit;       // threads that may be busy and not parked; constant
};

// How many of the queued tasks will be started by threads that are there; and
// how many sooner or later, if those whose time will come count, too.
size_t cfi_load_startable(const struct cfi_load *load);
size_t cfi_load_startable_in_time(const struct cfi_load *load);

// Does nothing go on by itself any more? All tasks are done or asleep; or those
// that are not asleep have no thread, and there can be no more.
bool cfi_load_is_quiet(const struct cfi_load *load);

// What the hooks know of a pool. The hooks' lock guards all of it.
struct cfi_gauge {
    struct cfi_load load;      // as of the last change
    size_t shutdowns_blocked;  // callers that wait for load.unfinished == 0
    bool is_close_blocked;     // a caller waits for it to be quiet
    size_t submits_blocked;    // callers that wait for room in the queue
    struct cfi_gauge *next;    // in the list of open executors
    struct cfi_gauge *previous;
    bool is_listed;
};

// Begins a step: takes the hooks' lock and returns true, or false if the hooks
// are off. The functions ..._counted are called within a step.
bool cfi_hooks_enter(void);
void cfi_hooks_leave(void);

void cfi_hooks_submitted_counted(struct cfi_gauge *gauge,
                                 const struct cfi_load *load, size_t tasks);
void cfi_hooks_finished_counted(struct cfi_gauge *gauge,
                                const struct cfi_load *load, cf_future *future);

void cfi_hooks_waiter_content_counted(struct cfi_waiter *waiter);

// Steps of their own.
void cfi_hooks_executor_opened(struct cfi_gauge *gauge);  // NULL: an immortal
void cfi_hooks_executor_closed(struct cfi_gauge *gauge);
void cfi_hooks_submit_refused(void);
void cfi_hooks_load(struct cfi_gauge *gauge, const struct cfi_load *load);
void cfi_hooks_polled(void);

// The caller is about to park. Counts it as blocked, unless what it waits for
// has happened already. Who makes it happen takes it out of the count, in the
// same step.
void cfi_hooks_caller_parks(cf_future *future);
void cfi_hooks_shutdown_parks(struct cfi_gauge *gauge);
void cfi_hooks_waiter_parks(struct cfi_waiter *waiter);

// Under the pool's lock: a close is about to park, since tasks go on.
void cfi_hooks_close_parks(struct cfi_gauge *gauge);

// Under the pool's lock: a submit is about to park, since there is no room; and
// up to `count` of them need not wait any more.
void cfi_hooks_submit_parks(struct cfi_gauge *gauge);
void cfi_hooks_submits_go_on(struct cfi_gauge *gauge, int count);

// After a fork, in the child: stops counting.
void cfi_hooks_end_in_child(void);

// Calls the tester's `changed`. With no lock held.
void cfi_hooks_changed(void);

#pragma GCC visibility pop

#endif
