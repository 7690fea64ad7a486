// The wrapped calls on mutexes. A thread that waits for a mutex is blocked only
// while the mutex is known to be held: from after its holder got it until
// before its holder gives it back. In the moments around a handover, waiters
// count as running.
//
// When a gate gives up, those who waited for a mutex at that moment are owed a
// turn: at the next unlock the mutex goes to one of them, and whoever unlocked
// cannot be back before. Otherwise it would mostly be faster than a waiter
// that has to wake up first, and code that lets go of its lock in the middle
// would pass by luck.

#include "mutexes.h"

#include "wb_test.h"
#include "world.h"
#include "wrapped.h"

#include <errno.h>

enum { MOST_HELD = 256 };  // at a time; more are not modelled

struct held {
    pthread_mutex_t *mutex;
    const struct actor *holder;
    const void *place;  // where it was locked
    unsigned times;     // more than one: a recursive mutex
};

static _Thread_local size_t unlocks;  // by this thread

// Guarded by the world's lock:
static struct held all_held[MOST_HELD];
static size_t held_count;

static struct held *find_locked(const pthread_mutex_t *mutex)
{
    for (size_t i = 0; i < held_count; i++) {
        if (all_held[i].mutex == mutex) {
            return &all_held[i];
        }
    }
    return NULL;
}

// Those who wait for the mutex are blocked from now on, or not any more.
static void mark_waiters_locked(pthread_mutex_t *mutex, bool released)
{
    struct waiting *w = NULL;
    while ((w = world_next_waiting_locked(w, WAIT_MUTEX, mutex)) != NULL) {
        w->released = released;
        world_progress_locked();
    }
}

// All of them: when turns are short, several who unlocked may be waiting.
static void release_handovers_locked(pthread_mutex_t *mutex)
{
    for (struct waiting *w;
         (w = world_first_waiting_locked(WAIT_HANDOVER, mutex)) != NULL;) {
        world_release_locked(w);
    }
}

static void note_held_locked(pthread_mutex_t *mutex)
{
    struct held *held = find_locked(mutex);
    if (held == NULL && held_count == MOST_HELD) {
        return;
    }
    if (held == NULL) {
        held = &all_held[held_count++];
        *held = (struct held){.mutex = mutex};
    }
    // Another holder was one whose unlock was not seen.
    held->times = held->holder == world_self() ? held->times + 1 : 1;
    held->holder = world_self();
    held->place = world_called_from_where();
    mark_waiters_locked(mutex, false);
    release_handovers_locked(mutex);
    world_decide_locked();
}

static void note_given_back_locked(pthread_mutex_t *mutex)
{
    struct held *held = find_locked(mutex);
    if (held == NULL || --held->times > 0) {
        return;
    }
    *held = all_held[--held_count];
    mark_waiters_locked(mutex, true);
}

// A new mutex at an address where one was left locked.
void mutexes_forget(pthread_mutex_t *mutex)
{
    world_lock();
    struct held *held = find_locked(mutex);
    if (held != NULL) {
        held->times = 1;
        note_given_back_locked(mutex);
    }
    world_unlock();
}

void mutexes_note_given_back_locked(pthread_mutex_t *mutex)
{
    unlocks++;
    note_given_back_locked(mutex);
}

const struct actor *mutexes_holder_locked(const pthread_mutex_t *mutex,
                                          const void **place)
{
    const struct held *held = find_locked(mutex);
    *place = held == NULL ? NULL : held->place;
    return held == NULL ? NULL : held->holder;
}

static bool has_it(int rc)
{
    return rc == 0 || rc == EOWNERDEAD;
}

int mutexes_note_result(pthread_mutex_t *mutex, int rc)
{
    if (has_it(rc)) {
        world_lock();
        note_held_locked(mutex);
        world_unlock();
    }
    return rc;
}

// ---------------------------------------------------------------------------
// Lock and unlock
// ---------------------------------------------------------------------------

// Locks only if that needs no waiting, else ETIMEDOUT. Unlike trylock, it
// answers as lock would where waiting is refused: EDEADLK and the like.
static int lock_at_once(pthread_mutex_t *mutex)
{
    static const struct timespec long_ago = {0};
    return pthread_mutex_timedlock(mutex, &long_ago);
}

int __wrap_pthread_mutex_lock(pthread_mutex_t *mutex)
{
    WORLD_CALLED_HERE();
    int rc = lock_at_once(mutex);
    if (rc != ETIMEDOUT) {
        return mutexes_note_result(mutex, rc);
    }
    struct waiting waiting;
    world_lock();
    world_begin_wait_locked(&waiting, WAIT_MUTEX, mutex);
    waiting.released = find_locked(mutex) == NULL;
    world_decide_locked();
    world_unlock();
    rc = pthread_mutex_lock(mutex);
    world_lock();
    world_end_wait_locked(&waiting);
    if (has_it(rc)) {
        note_held_locked(mutex);
    } else {
        release_handovers_locked(mutex);
    }
    world_unlock();
    return rc;
}

int __wrap_pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    WORLD_CALLED_HERE();
    const int rc = pthread_mutex_trylock(mutex);
    if (rc == EBUSY) {
        world_poll();
    } else {
        world_poll_succeeded();
    }
    return mutexes_note_result(mutex, rc);
}

int __wrap_pthread_mutex_timedlock(pthread_mutex_t *mutex,
                                   const struct timespec *until)
{
    return mutexes_note_result(mutex, pthread_mutex_timedlock(mutex, until));
}

int __wrap_pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
                                   const struct timespec *until)
{
    return mutexes_note_result(mutex,
                               pthread_mutex_clocklock(mutex, clock, until));
}

size_t wb_unlocks(void)
{
    return unlocks;
}

static bool is_owed_a_turn_locked(pthread_mutex_t *mutex)
{
    struct waiting *w = NULL;
    do {
        w = world_next_waiting_locked(w, WAIT_MUTEX, mutex);
    } while (w != NULL && !w->is_its_turn);
    return w != NULL;
}

// Returns when another thread has the mutex, if one is owed it.
static void let_others_have_their_turn(pthread_mutex_t *mutex)
{
    world_lock();
    if (find_locked(mutex) == NULL && is_owed_a_turn_locked(mutex)) {
        struct waiting waiting;
        world_begin_wait_locked(&waiting, WAIT_HANDOVER, mutex);
        world_wait_locked(&waiting);
        world_end_wait_locked(&waiting);
    }
    world_unlock();
}

int __wrap_pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    world_lock();
    mutexes_note_given_back_locked(mutex);
    world_unlock();
    const int rc = pthread_mutex_unlock(mutex);
    if (rc == 0) {
        let_others_have_their_turn(mutex);
    }
    return rc;
}

int __wrap_pthread_mutex_init(pthread_mutex_t *mutex,
                              const pthread_mutexattr_t *attributes)
{
    mutexes_forget(mutex);
    return pthread_mutex_init(mutex, attributes);
}

int __wrap_pthread_mutex_destroy(pthread_mutex_t *mutex)
{
    const int rc = pthread_mutex_destroy(mutex);
    if (rc == 0) {
        mutexes_forget(mutex);
    }
    return rc;
}
