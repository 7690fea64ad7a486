// Read-write locks: owner is the writer, count the number of readers.

#include "locks.h"

#include <errno.h>

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
    xp_not_in_handler("takes a read-write lock", lock, pc);
    xp_step(what, lock, pc);
    struct xp_object *object = xp_object(lock, XP_RWLOCK, pc);
    xp_touch(lock, pc);
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
    xp_hold(lock, pc);
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
    xp_let_go(XP->current, lock);
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
