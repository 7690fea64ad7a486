// Who waits for what: one list, and the lock that guards it and everything in
// the files of the wrapped calls. world.h says what the list is for.
//
// The lock is taken before the lock of cfutures (cf_test_snapshot), never after
// it; and nothing but world_wait_locked blocks while holding it.

#ifndef WAITS_H
#define WAITS_H

#include <pthread.h>
#include <stdbool.h>
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
    void *object;               // the gate, the mutex, ...
    const struct actor *actor;  // who waits
    const void *place;          // the call that waits, see world_called_from
    bool released;              // what it waits for has happened
    bool is_its_turn;           // WAIT_MUTEX: at the next unlock, see mutexes.c
    struct timespec until;      // WAIT_SLEEP, on CLOCK_MONOTONIC
    pthread_cond_t wake;
    struct waiting *previous;
    struct waiting *next;
};

// A wrapped call was made by the code at this address. Remembered for the
// calling thread, so that a wait, or a lock that is held, can say where it is.
#define WORLD_CALLED_HERE() \
    world_called_from(      \
        __builtin_extract_return_addr(__builtin_return_address(0)))
void world_called_from(const void *place);
const void *world_called_from_where(void);

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
struct waiting *world_first_waiting_locked(enum wait_kind kind, void *object);

// The next of the same, released or not; starts with NULL, ends with NULL.
struct waiting *world_next_waiting_locked(const struct waiting *after,
                                          enum wait_kind kind, void *object);

// The list of all waits, oldest first; linked by `next`.
struct waiting *world_waits_locked(void);

#endif
