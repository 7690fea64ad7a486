// Semaphores, barriers, once.

#include "internal.h"

#include <errno.h>
#include <semaphore.h>

int xp_sem_init(uintptr_t semaphore, unsigned value, uintptr_t pc)
{
    struct xp_object *object = xp_object(semaphore, XP_SEMAPHORE, pc);
    object->count = (int)value;
    if (XP->is_active) {
        xp_access(semaphore, sizeof(sem_t), XP_WRITE | XP_MAKE, pc);
    }
    return 0;
}

int xp_sem_destroy(uintptr_t semaphore, uintptr_t pc)
{
    xp_step(XP_DESTROY, semaphore, pc);
    int waiting[XP_MAX_THREADS];
    if (xp_waiters(XP_SEM_WAIT, semaphore, waiting) > 0) {
        xp_misuse(semaphore, pc,
                  "a semaphore is destroyed while a thread waits for it");
    }
    xp_access(semaphore, sizeof(sem_t), XP_WRITE | XP_END, pc);
    xp_object(semaphore, XP_SEMAPHORE, pc)->kind = XP_NO_KIND;
    return 0;
}

int xp_sem_wait(uintptr_t semaphore, uint64_t deadline, bool try_only,
                uintptr_t pc)
{
    xp_step(XP_SEM_WAIT, semaphore, pc);
    struct xp_object *object = xp_object(semaphore, XP_SEMAPHORE, pc);
    xp_access(semaphore, 4, XP_WRITE | XP_ATOMIC | XP_USE, pc);
    while (object->count <= 0) {
        if (try_only) {
            errno = EAGAIN;
            return -1;
        }
        bool in_time = xp_block(XP_SEM_WAIT, semaphore, pc, deadline);
        object = xp_object(semaphore, XP_SEMAPHORE, pc);
        if (XP_SELF->interruption == XP_IS_BROKEN_OFF) {
            errno = EINTR;
            return -1;
        }
        if (!in_time && object->count <= 0) {
            errno = ETIMEDOUT;
            return -1;
        }
    }
    object->count--;
    xp_acquire(object);
    xp_event(XP_SEM_WAIT, semaphore, pc, 1);
    xp_changed();
    return 0;
}

int xp_sem_post(uintptr_t semaphore, uintptr_t pc)
{
    xp_step(XP_SEM_POST, semaphore, pc);
    struct xp_object *object = xp_object(semaphore, XP_SEMAPHORE, pc);
    xp_access(semaphore, 4, XP_WRITE | XP_ATOMIC | XP_USE, pc);
    object->count++;
    xp_release(object);
    xp_event(XP_SEM_POST, semaphore, pc, object->count);
    xp_changed();
    xp_wake(XP_SEM_WAIT, semaphore);
    return 0;
}

int xp_barrier_init(uintptr_t barrier, unsigned count, uintptr_t pc)
{
    if (count == 0) {
        return EINVAL;
    }
    xp_object(barrier, XP_BARRIER_OBJECT, pc)->needed = (int)count;
    if (XP->is_active) {
        xp_access(barrier, sizeof(pthread_barrier_t), XP_WRITE | XP_MAKE, pc);
    }
    return 0;
}

// POSIX lets a barrier be destroyed as soon as all were let go, even before
// they have returned from the wait. So nothing but waiting threads is wrong.
int xp_barrier_destroy(uintptr_t barrier, uintptr_t pc)
{
    xp_step(XP_DESTROY, barrier, pc);
    if (xp_object(barrier, XP_BARRIER_OBJECT, pc)->count > 0) {
        xp_misuse(barrier, pc,
                  "a barrier is destroyed while a thread waits at it");
    }
    xp_object(barrier, XP_BARRIER_OBJECT, pc)->kind = XP_NO_KIND;
    return 0;
}

// They are ordered now, by us: the barrier may be gone when they run.
static void let_all_pass(const struct xp_object *barrier)
{
    int waiting[XP_MAX_THREADS];
    int count = xp_waiters(XP_BARRIER, barrier->address, waiting);
    for (int i = 0; i < count; i++) {
        xp_clock_join(&XP->thread[waiting[i]].clock, &barrier->clock);
        xp_wake_thread(waiting[i]);
    }
}

int xp_barrier_wait(uintptr_t barrier, uintptr_t pc)
{
    xp_step(XP_BARRIER, barrier, pc);
    struct xp_object *object = xp_object(barrier, XP_BARRIER_OBJECT, pc);
    xp_clock_join(&object->readers_clock, &XP_SELF->clock);
    xp_tick();
    xp_changed();
    int round = object->type;
    if (++object->count == object->needed) {
        object->count = 0;
        object->type++;
        xp_clock_copy(&object->clock, &object->readers_clock);
        xp_acquire(object);
        xp_event(XP_BARRIER, barrier, pc, 1);
        let_all_pass(object);
        return PTHREAD_BARRIER_SERIAL_THREAD;
    }
    do {
        xp_block(XP_BARRIER, barrier, pc, 0);
    } while (XP_SELF->interruption != XP_IS_NONE && object->type == round);
    xp_event(XP_BARRIER, barrier, pc, 1);
    return 0;
}

enum { ONCE_NOT_YET, ONCE_RUNNING, ONCE_DONE };

void xp_once(uintptr_t once, void (*function)(void), uintptr_t pc)
{
    xp_step(XP_ONCE, once, pc);
    struct xp_object *object = xp_object(once, XP_ONCE_OBJECT, pc);
    if (object->count == ONCE_NOT_YET) {
        object->count = ONCE_RUNNING;
        object->owner = XP->current;
        function();
        object->count = ONCE_DONE;
        object->owner = -1;
        xp_release(object);
        xp_changed();
        xp_wake(XP_ONCE, once);
        return;
    }
    while (object->count != ONCE_DONE) {
        xp_block(XP_ONCE, once, pc, 0);
    }
    xp_acquire(object);
    xp_changed();
}
