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
//
// One lock guards everything here and in the files of the wrapped calls. It is
// taken before the lock of cfutures (cf_test_snapshot), never after it; and
// nothing but the waits of this file blocks while holding it.

#ifndef WORLD_H
#define WORLD_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

enum wait_kind {
    WAIT_GATE,
    WAIT_MUTEX,
    WAIT_CONDITION,
    WAIT_SEMAPHORE,
    WAIT_JOIN,
    // These come to an end by themselves, so they are never blocked:
    WAIT_SLEEP,
    WAIT_HANDOVER,  // for another thread to take a mutex that is free
};

// One wait of one thread; lives on its stack while it waits.
struct waiting {
    enum wait_kind kind;
    void *object;           // the gate, the mutex, ...
    struct actor *actor;    // who waits
    bool released;          // what it waits for has happened
    bool is_its_turn;       // WAIT_MUTEX: at the next unlock, see mutexes.c
    struct timespec until;  // WAIT_SLEEP, on CLOCK_MONOTONIC
    pthread_cond_t wake;
    struct waiting *previous;
    struct waiting *next;
};

// What is called when there is a deadlock and no gate: with a report, under
// the lock. Never returns.
typedef void deadlock_handler(const char *report);

// Around the test, on its own thread. Before and after, nothing is decided.
void world_begin(deadlock_handler *on_deadlock);
void world_end(void);

void world_lock(void);
void world_unlock(void);

// The calling thread starts to wait. The caller then asks for a decision.
void world_begin_wait_locked(struct waiting *waiting, enum wait_kind kind,
                             void *object);

// Blocks until released. Only for waits that end by world_release_locked; the
// others block in the real call, with the world unlocked.
void world_wait_locked(struct waiting *waiting);

// The calling thread waits no more.
void world_end_wait_locked(struct waiting *waiting);

// From now on the waiter counts as running; wakes it.
void world_release_locked(struct waiting *waiting);

// The longest waiting one of this kind, for this object, that is not released;
// or NULL.
struct waiting *world_first_waiting_locked(enum wait_kind kind,
                                           void *object);

// The next of the same, released or not; starts with NULL, ends with NULL.
struct waiting *world_next_waiting_locked(const struct waiting *after,
                                          enum wait_kind kind,
                                          void *object);

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
const struct actor *world_self(void);

// Is the thread that waits the test's own?
bool world_is_test_thread(const struct actor *actor);

#endif
