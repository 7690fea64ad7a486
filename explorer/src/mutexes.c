// Mutexes of every type, and spinlocks.

#include "locks.h"

#include <errno.h>

void xp_hold(uintptr_t object, uintptr_t pc)
{
    struct xp_thread *self = XP_SELF;
    if (self->held_count < XP_MAX_HELD) {
        self->held[self->held_count++] =
            (struct xp_held){.object = object, .pc = pc};
    }
}

void xp_let_go(int thread, uintptr_t object)
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

void xp_touch(uintptr_t object, uintptr_t pc)
{
    xp_access(object, 4, XP_WRITE | XP_ATOMIC | XP_USE, pc);
}

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
    xp_hold(mutex, pc);
    xp_event(XP_LOCK, mutex, pc, at_once);
    xp_changed();
}

int xp_mutex_lock_now(uintptr_t mutex, uint64_t deadline, bool try_only,
                      uintptr_t pc)
{
    struct xp_object *object = xp_object(mutex, XP_MUTEX, pc);
    xp_touch(mutex, pc);
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
    const struct xp_object *object = xp_object_if_known(mutex);
    if (object == NULL ||
        object->owner != XP->current) {  // else it waits for itself
        xp_not_in_handler("locks a mutex", mutex, pc);
    }
    return xp_mutex_lock_now(mutex, deadline, try_only, pc);
}

int xp_mutex_unlock_now(uintptr_t mutex, uintptr_t pc)
{
    struct xp_object *object = xp_object(mutex, XP_MUTEX, pc);
    xp_touch(mutex, pc);
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
    xp_let_go(XP->current, mutex);
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
    return xp_mutex_unlock_now(mutex, pc);
}
