// A thread that waits for several futures.
//
//     the waiter     counts what is still missing, and sleeps until it is zero
//     its watches    one for each future, in the future's list until that is
//                    done; then in the waiter's list of those that are
//
// Both belong to the thread that waits. Whoever ends a future tells its watches
// under the pool's lock, so a thread that wants to leave early takes its
// watches out of the lists under that lock, and nobody looks at them any more.

#ifndef CFI_WAITER_H
#define CFI_WAITER_H

#include <cfutures.h>
#include <stdatomic.h>

#include "port.h"

#pragma GCC visibility push(hidden)

// A waiter's word.
enum {
    CFI_MOST_MISSING = 0x1fffffff,   // mask of how many are missing
    CFI_WAITER_CALLED = 0x20000000,  // is not to sleep; until the next time
    CFI_WAITER_PARKED = 0x40000000,  // sleeps on the word
};

struct cfi_waiter {
    // Atomic: how many futures are missing until the thread wakes, and flags.
    cfi_word word;
    // Atomic: the watches that were told, the last one first.
    _Atomic(struct cfi_watch *) told;
    // Set before the first watch, then read only: an error is as good as all.
    bool ends_at_error;
    // The waiter's own, and not changed while it sleeps, so that cycle.c may
    // look: all its watches, linked by `sibling`.
    struct cfi_watch *first_watch;
    // How many tasks of one pool sleep in it, as long as it waits for nothing
    // but futures of that pool, whose lock guards it. See load.asleep.
    size_t asleep;
    // The lock of the pool whose thread sleeps guards: its list of sleepers.
    struct cfi_waiter *next_sleeper;
    // The test hooks' lock guards: counted as a blocked caller.
    bool is_counted;
};

struct cfi_watch {
    // Set at first, then read only.
    cf_future *future;
    struct cfi_waiter *waiter;
    // The waiter's own.
    struct cfi_watch *sibling;
    // future->pool->lock guards: the future's list.
    struct cfi_watch *next;
    struct cfi_watch *previous;
    // Written before it is told, then the waiter's.
    struct cfi_watch *next_told;
    // Atomic: the future is done, and nobody but the waiter has to do with this
    // watch. Else it is in the future's list, or being told.
    atomic_bool is_free;
};

// `missing` futures have to be done before cfi_waiter_wait returns.
void cfi_waiter_init(struct cfi_waiter *waiter, size_t missing);

// Sets how many are missing from now on; what was told so far doesn't count.
void cfi_waiter_expect(struct cfi_waiter *waiter, size_t missing);

// Is nothing missing?
bool cfi_waiter_is_content(const struct cfi_waiter *waiter);

// Must it not go to sleep: is nothing missing, or was it called?
bool cfi_waiter_is_awake(const struct cfi_waiter *waiter);

// Sleeps until nothing is missing, or the deadline has passed. Returns whether
// nothing is. Inside a task its pool has a spare thread meanwhile.
bool cfi_waiter_sleep(struct cfi_waiter *waiter, int64_t deadline);

// The same inside a task, until one of the watches is told, or the task of one
// may be run in place: it is due, or the thread was called for it. If neither
// can ever be, since the tasks wait for each other, it doesn't sleep and
// returns an error that names them; else nothing.
cf_value cfi_waiter_sleep_in_task(struct cfi_waiter *waiter);

// Under the lock of the pool in whose list of sleepers it is: could it run in
// place what it waits for? And calls it to do so; returns the word to be woken.
bool cfi_waiter_can_help_locked(const struct cfi_waiter *waiter,
                                const cf_executor *pool);
cfi_word *cfi_waiter_call_locked(struct cfi_waiter *waiter, cf_executor *pool);

// The same, but runs a task in place instead, if one can start. False: neither
// can be.
bool cfi_waiter_help_or_sleep(struct cfi_waiter *waiter);

// Does the watch, which was told, end a wait that an error ends?
bool cfi_watch_ends_all(const struct cfi_watch *watch);

// Was the watch told, and taken by the waiter?
bool cfi_watch_is_over(const struct cfi_watch *watch);

// Takes the watches that were told, in the order in which they were.
struct cfi_watch *cfi_waiter_take_told(struct cfi_waiter *waiter);

// Has the watch told when its future is done: at once if it is.
void cfi_watch_begin(struct cfi_watch *watch);

// Takes it out of the future's list, if it is still there. Afterwards its
// memory may go. The future is not looked at if the watch was told.
void cfi_watch_end(struct cfi_watch *watch);

// Words that threads sleep on, to be woken when a lock has been given back.
struct cfi_wakes {
    cfi_word *words[4];  // more than these are woken under the lock
    unsigned count;
};

// Tells all watches of a future that has just become final. Under the pool's
// lock; if the hooks are on, in a step.
void cfi_watches_tell_locked(cf_future *future, struct cfi_wakes *wakes);
void cfi_wakes_send(struct cfi_wakes *wakes);

// ----- seen.c: which futures come again -----

struct cfi_seen {
    const cf_future **table;  // NULL: a free place
    size_t mask;              // places - 1
};

// For up to `count` futures. False: there is no memory.
bool cfi_seen_init(struct cfi_seen *seen, size_t count);
void cfi_seen_deinit(struct cfi_seen *seen);

// Returns whether the future is a new one.
bool cfi_seen_add(struct cfi_seen *seen, const cf_future *future);

#pragma GCC visibility pop

#endif
