// Mutexes (of every type), spinlocks, and read-write locks. Who holds what is
// kept with the thread, for deadlock reports.

#include "internal.h"

#include <errno.h>

static void hold(uintptr_t object, uintptr_t pc)
{
    struct xp_thread *self = XP_SELF;
    if (self->held_count < XP_MAX_HELD) {
        self->held[self->held_count++] =
            (struct xp_held){.object = object, .pc = pc};
    }
}

static void let_go(int thread, uintptr_t object)
{
    struct xp_thread *holder = &XP->thread[thread];
    for (int i = holder->held_count - 1; i >= 0; i--) {
        if (holder->held[i].object == object) {
            for (int k = i; k < holder->held_count - 1; k++) {
                holder->held[k] = holder->held[k + 1];
            }
            holder->held_count--;
            return;
        }
    }
}

// ---------------------------------------------------------------------------
// Mutexes
// ---------------------------------------------------------------------------

int xp_mutex_init(uintptr_t mutex, int type, uintptr_t pc)
{
    xp_step(XP_INIT, mutex, pc);
    struct xp_object *object = xp_object(mutex, XP_MUTEX, pc);
    if (object->owner >= 0) {
        xp_misuse(mutex, pc, "a mutex is initialised while somebody holds it");
    }
    xp_access(mutex, sizeof(pthread_mutex_t), XP_WRITE | XP_MAKE, pc);
    object->type = type;
    return 0;
}

int xp_mutex_destroy(uintptr_t mutex, uintptr_t pc)
{
    xp_step(XP_DESTROY, mutex, pc);
    struct xp_object *object = xp_object(mutex, XP_MUTEX, pc);
    int waiting[XP_MAX_THREADS];
    if (object->owner >= 0 || xp_waiters(XP_LOCK, mutex, waiting) > 0) {
        xp_misuse(mutex, pc, "a mutex is destroyed while it is held");
    }
    xp_access(mutex, sizeof(pthread_mutex_t), XP_WRITE | XP_END, pc);
    xp_event(XP_DESTROY, mutex, pc, 0);
    object->kind = XP_NO_KIND;
    return 0;
}

// The mutex is touched as an atomic would be: racing with its initialisation
// or its end is a bug, racing with another lock is not.
static void touch(uintptr_t object, uintptr_t pc)
{
    xp_access(object, 4, XP_WRITE | XP_ATOMIC | XP_USE, pc);
}

static int lock_again(struct xp_object *object, bool try_only)
{
    switch (object->type) {
    case PTHREAD_MUTEX_RECURSIVE:
        object->count++;
        return 0;
    case PTHREAD_MUTEX_ERRORCHECK:
        return try_only ? EBUSY : EDEADLK;
    default:
        return try_only ? EBUSY : -1;  // -1: waits for itself, for ever
    }
}

static void take(struct xp_object *object, uintptr_t mutex, uintptr_t pc,
                 bool at_once)
{
    object->owner = XP->current;
    object->count = 1;
    object->pc = pc;
    xp_acquire(object);
    hold(mutex, pc);
    xp_event(XP_LOCK, mutex, pc, at_once);
    xp_changed();
}

// Waits until the mutex is free and takes it, without a switch point before.
static int lock_now(uintptr_t mutex, uint64_t deadline, bool try_only,
                    uintptr_t pc)
{
    struct xp_object *object = xp_object(mutex, XP_MUTEX, pc);
    touch(mutex, pc);
    if (object->owner == XP->current) {
        int rc = lock_again(object, try_only);
        if (rc >= 0) {
            return rc;
        }
    }
    bool at_once = true;
    while (object->owner >= 0) {
        if (try_only) {
            return EBUSY;
        }
        at_once = false;
        bool in_time = xp_block(XP_LOCK, mutex, pc, deadline);
        xp_heap_check(mutex, 4, XP_ATOMIC | XP_USE, pc);
        object = xp_object(mutex, XP_MUTEX, pc);
        if (!in_time && object->owner >= 0) {
            return ETIMEDOUT;
        }
    }
    take(object, mutex, pc, at_once);
    return 0;
}

int xp_mutex_lock(uintptr_t mutex, uint64_t deadline, bool try_only,
                  uintptr_t pc)
{
    if (!XP->is_active) {
        return 0;
    }
    xp_step(XP_LOCK, mutex, pc);
    return lock_now(mutex, deadline, try_only, pc);
}

static int unlock_now(uintptr_t mutex, uintptr_t pc)
{
    struct xp_object *object = xp_object(mutex, XP_MUTEX, pc);
    touch(mutex, pc);
    if (object->owner != XP->current) {
        if (object->type != PTHREAD_MUTEX_NORMAL) {
            return EPERM;
        }
        xp_misuse(
            mutex, pc,
            object->owner < 0
                ? "a mutex is unlocked that nobody holds"
                : "a mutex is unlocked by a thread that does not hold it");
    }
    if (--object->count > 0) {
        return 0;
    }
    object->owner = -1;
    xp_release(object);
    let_go(XP->current, mutex);
    XP_SELF->unlocks++;
    xp_event(XP_UNLOCK, mutex, pc, 0);
    xp_changed();
    xp_wake(XP_LOCK, mutex);
    return 0;
}

int xp_mutex_unlock(uintptr_t mutex, uintptr_t pc)
{
    if (!XP->is_active) {
        return 0;
    }
    xp_step(XP_UNLOCK, mutex, pc);
    return unlock_now(mutex, pc);
}

// ---------------------------------------------------------------------------
// Condition variables
// ---------------------------------------------------------------------------

int xp_cond_init(uintptr_t cond, int clock, uintptr_t pc)
{
    struct xp_object *object = xp_object(cond, XP_COND, pc);
    object->type = clock;
    if (XP->is_active) {
        xp_access(cond, sizeof(pthread_cond_t), XP_WRITE | XP_MAKE, pc);
    }
    return 0;
}

int xp_cond_destroy(uintptr_t cond, uintptr_t pc)
{
    xp_step(XP_DESTROY, cond, pc);
    struct xp_object *object = xp_object(cond, XP_COND, pc);
    int waiting[XP_MAX_THREADS];
    if (xp_waiters(XP_COND_WAIT, cond, waiting) > 0) {
        xp_misuse(
            cond, pc,
            "a condition variable is destroyed while a thread waits for it");
    }
    xp_access(cond, sizeof(pthread_cond_t), XP_WRITE | XP_END, pc);
    object->kind = XP_NO_KIND;
    return 0;
}

// All who wait for a condition at the same time must do so with one mutex.
static void check_guard(uintptr_t cond, uintptr_t mutex, uintptr_t pc)
{
    struct xp_object *object = xp_object(cond, XP_COND, pc);
    int waiting[XP_MAX_THREADS];
    if (object->guard != mutex && xp_waiters(XP_COND_WAIT, cond, waiting) > 0) {
        xp_find(XP_MISUSE, "two threads wait for one condition variable, each "
                           "with another mutex");
        xp_note("access", XP->current, XP_COND_WAIT, cond, pc);
        xp_note("waits", waiting[0], XP_COND_WAIT, cond,
                XP->thread[waiting[0]].waits_pc);
        xp_end();
    }
    object->guard = mutex;
}

int xp_cond_wait(uintptr_t cond, uintptr_t mutex, uint64_t deadline,
                 uintptr_t pc)
{
    xp_step(XP_COND_WAIT, cond, pc);
    check_guard(cond, mutex, pc);
    touch(cond, pc);
    struct xp_object *lock = xp_object(mutex, XP_MUTEX, pc);
    if (lock->owner != XP->current) {
        xp_misuse(mutex, pc,
                  "a thread waits for a condition without holding the mutex");
    }
    int depth = lock->count;
    lock->count = 1;
    unlock_now(mutex, pc);
    bool in_time = true;
    if (XP->spurious_left > 0 && xp_unlikely(XP_SPURIOUS, 8)) {
        XP->spurious_left--;
        xp_event(XP_COND_WAIT, cond, pc, 2);
        xp_schedule(false);
    } else {
        in_time = xp_block(XP_COND_WAIT, cond, pc, deadline);
    }
    xp_heap_check(cond, 4, XP_ATOMIC | XP_USE, pc);
    lock_now(mutex, 0, false, pc);
    xp_object(mutex, XP_MUTEX, pc)->count = depth;
    return in_time ? 0 : ETIMEDOUT;
}

int xp_cond_signal(uintptr_t cond, bool to_all, uintptr_t pc)
{
    enum xp_what what = to_all ? XP_COND_BROADCAST : XP_COND_SIGNAL;
    xp_step(what, cond, pc);
    struct xp_object *object = xp_object(cond, XP_COND, pc);
    touch(cond, pc);
    int waiting[XP_MAX_THREADS];
    int count = xp_waiters(XP_COND_WAIT, cond, waiting);
    xp_event(what, cond, pc, count);
    object->count += count == 0;  // told when somebody waits in vain
    if (count > 0 && !to_all) {
        waiting[0] = waiting[xp_choose(count)];
        count = 1;
    }
    for (int i = 0; i < count; i++) {
        xp_wake_thread(waiting[i]);
    }
    if (count > 0) {
        xp_changed();
    }
    return 0;
}

// ---------------------------------------------------------------------------
// Read-write locks: owner is the writer, count the number of readers
// ---------------------------------------------------------------------------

static bool reads(const struct xp_object *object, int thread)
{
    return (object->readers[thread / 32] >> (thread % 32)) & 1;
}

int xp_rwlock_init(uintptr_t lock, uintptr_t pc)
{
    xp_object(lock, XP_RWLOCK, pc);
    if (XP->is_active) {
        xp_access(lock, sizeof(pthread_rwlock_t), XP_WRITE | XP_MAKE, pc);
    }
    return 0;
}

int xp_rwlock_lock(uintptr_t lock, bool to_write, uint64_t deadline,
                   bool try_only, uintptr_t pc)
{
    enum xp_what what = to_write ? XP_WRITE_LOCK : XP_READ_LOCK;
    xp_step(what, lock, pc);
    struct xp_object *object = xp_object(lock, XP_RWLOCK, pc);
    touch(lock, pc);
    if (object->owner == XP->current) {
        return try_only ? EBUSY : EDEADLK;
    }
    while (object->owner >= 0 || (to_write && object->count > 0)) {
        if (try_only) {
            return EBUSY;
        }
        bool in_time = xp_block(what, lock, pc, deadline);
        object = xp_object(lock, XP_RWLOCK, pc);
        if (!in_time &&
            (object->owner >= 0 || (to_write && object->count > 0))) {
            return ETIMEDOUT;
        }
    }
    xp_acquire(object);
    if (to_write) {
        xp_clock_join(&XP_SELF->clock, &object->readers_clock);
        object->owner = XP->current;
    } else {
        object->count++;
        object->readers[XP->current / 32] |= 1U << (XP->current % 32);
    }
    object->pc = pc;
    hold(lock, pc);
    xp_event(what, lock, pc, 1);
    xp_changed();
    return 0;
}

int xp_rwlock_unlock(uintptr_t lock, uintptr_t pc)
{
    xp_step(XP_RW_UNLOCK, lock, pc);
    struct xp_object *object = xp_object(lock, XP_RWLOCK, pc);
    if (object->owner == XP->current) {
        object->owner = -1;
        xp_release(object);
    } else if (reads(object, XP->current)) {
        object->count--;
        object->readers[XP->current / 32] &= ~(1U << (XP->current % 32));
        xp_clock_join(&object->readers_clock, &XP_SELF->clock);
        xp_tick();
    } else {
        xp_misuse(
            lock, pc,
            "a read-write lock is unlocked by a thread that does not hold it");
    }
    let_go(XP->current, lock);
    xp_event(XP_RW_UNLOCK, lock, pc, 0);
    xp_changed();
    xp_wake(XP_READ_LOCK, lock);
    xp_wake(XP_WRITE_LOCK, lock);
    return 0;
}

int xp_rwlock_destroy(uintptr_t lock, uintptr_t pc)
{
    xp_step(XP_DESTROY, lock, pc);
    struct xp_object *object = xp_object(lock, XP_RWLOCK, pc);
    if (object->owner >= 0 || object->count > 0) {
        xp_misuse(lock, pc, "a read-write lock is destroyed while it is held");
    }
    xp_access(lock, sizeof(pthread_rwlock_t), XP_WRITE | XP_END, pc);
    object->kind = XP_NO_KIND;
    return 0;
}
