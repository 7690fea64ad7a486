// The wrapped calls on condition variables. Who waits without a time limit
// waits in world.c, not in the real condition variable: so it is exactly known
// who was woken by which signal, and nobody wakes without one.

#include "mutexes.h"
#include "shared.h"
#include "world.h"
#include "wrapped.h"

#include <errno.h>

int __wrap_pthread_cond_init(pthread_cond_t *condition,
                             const pthread_condattr_t *attributes)
{
    int shared = PTHREAD_PROCESS_PRIVATE;
    if (attributes != NULL) {
        pthread_condattr_getpshared(attributes, &shared);
    }
    const int rc = pthread_cond_init(condition, attributes);
    if (rc == 0 && !shared_note(condition, shared == PTHREAD_PROCESS_SHARED)) {
        pthread_cond_destroy(condition);
        return ENOMEM;
    }
    return rc;
}

int __wrap_pthread_cond_destroy(pthread_cond_t *condition)
{
    shared_note(condition, false);
    return pthread_cond_destroy(condition);
}

static void lock_again(void *mutex)  // the waiter was cancelled
{
    (void)__wrap_pthread_mutex_lock(mutex);
}

// Gives the mutex back and waits for a signal. The mutex is given back under
// the world's lock, so that no signal is missed in between.
static int wait_for_signal(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
    struct waiting waiting;
    world_lock();
    world_begin_wait_locked(&waiting, WAIT_CONDITION, condition);
    mutexes_note_given_back_locked(mutex);
    const int rc = pthread_mutex_unlock(mutex);
    if (rc == 0) {
        world_decide_locked();
        pthread_cleanup_push(lock_again, mutex);
        world_wait_locked(&waiting);
        pthread_cleanup_pop(0);
    }
    world_end_wait_locked(&waiting);
    world_unlock();
    return rc;
}

int __wrap_pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
    if (shared_is_noted(condition)) {
        world_lock();
        mutexes_note_given_back_locked(mutex);
        world_unlock();
        return mutexes_note_result(mutex, pthread_cond_wait(condition, mutex));
    }
    WORLD_CALLED_HERE();
    const int rc = wait_for_signal(condition, mutex);
    return rc == 0 ? __wrap_pthread_mutex_lock(mutex) : rc;
}

// A wait with a time limit has the mutex again when it returns, in time or
// not; on any other error it never gave it back.
static int note_end_of_timed_wait(pthread_mutex_t *mutex, int rc)
{
    mutexes_note_result(mutex, 0);
    return rc;
}

static void note_start_of_timed_wait(pthread_mutex_t *mutex)
{
    world_lock();
    mutexes_note_given_back_locked(mutex);
    world_unlock();
}

int __wrap_pthread_cond_timedwait(pthread_cond_t *condition,
                                  pthread_mutex_t *mutex,
                                  const struct timespec *until)
{
    note_start_of_timed_wait(mutex);
    return note_end_of_timed_wait(
        mutex, pthread_cond_timedwait(condition, mutex, until));
}

int __wrap_pthread_cond_clockwait(pthread_cond_t *condition,
                                  pthread_mutex_t *mutex, clockid_t clock,
                                  const struct timespec *until)
{
    note_start_of_timed_wait(mutex);
    return note_end_of_timed_wait(
        mutex, pthread_cond_clockwait(condition, mutex, clock, until));
}

int __wrap_pthread_cond_signal(pthread_cond_t *condition)
{
    world_lock();
    struct waiting *waiting =
        world_first_waiting_locked(WAIT_CONDITION, condition);
    if (waiting != NULL) {
        world_release_locked(waiting);
    }
    world_unlock();
    // Those who wait with a time limit, or in another process.
    return waiting != NULL ? 0 : pthread_cond_signal(condition);
}

int __wrap_pthread_cond_broadcast(pthread_cond_t *condition)
{
    world_lock();
    for (struct waiting *w;
         (w = world_first_waiting_locked(WAIT_CONDITION, condition)) != NULL;) {
        world_release_locked(w);
    }
    world_unlock();
    return pthread_cond_broadcast(condition);
}
