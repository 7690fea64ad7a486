// Who can still move? The one place where that is known, and decided.
//
// The actors of a test are its own thread, the living threads that were made
// by a wrapped pthread_create, and the workers of cfutures that are inside a
// task. An actor is *blocked* when it waits, without a time limit, for
// something that only another actor can bring about: inside a gate, for a
// mutex that is held, for a condition variable or a semaphore that was not
// signalled, for a living thread to end, or (this cfutures counts) for a
// result or the end of tasks. When every actor is blocked and no task is about
// to start, nothing will ever change: the gates give up, and without a gate
// that is a deadlock.
//
// Nobody looks at threads from outside, since whoever looks is late. Each
// waiter notes itself here before it waits, and whoever ends its wait notes
// that here *before* the waiter can wake: then it counts as running, although
// it may not have run yet. So the count of blocked actors can be too low for a
// moment, never too high, and it is exact when all are blocked.

#ifndef WORLD_H
#define WORLD_H

#include "waits.h"

#include <stdbool.h>

// What is called when there is a deadlock and no gate: with a report, under
// the lock. Never returns.
typedef void deadlock_handler(const char *report);

// Around the test, on its own thread. Before and after, nothing is decided.
void world_begin(deadlock_handler *on_deadlock);
void world_end(void);

// A thread was born, or died.
void world_count_thread_locked(int change);

// Something happened that may bring somebody on: polls count from zero.
void world_progress_locked(void);

// Can anybody still move? If not, acts on it.
void world_decide_locked(void);

// The calling thread asked whether something is done, and it is not; or it is.
void world_poll(void);
void world_poll_succeeded(void);

// The calling thread, as an actor.
struct actor *world_self(void);

// The thread was cancelled, so that any wait of it may end now.
void world_cancel_locked(struct actor *actor);

// Is the thread that waits the test's own?
bool world_is_test_thread(const struct actor *actor);

#endif
