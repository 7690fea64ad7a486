// Condition variables. Those who wait at the same time must use one mutex.

#include "locks.h"

#include <errno.h>

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
    xp_not_in_handler("waits for a condition variable", cond, pc);
    xp_step(XP_COND_WAIT, cond, pc);
    check_guard(cond, mutex, pc);
    xp_touch(cond, pc);
    struct xp_object *lock = xp_object(mutex, XP_MUTEX, pc);
    if (lock->owner != XP->current) {
        xp_misuse(mutex, pc,
                  "a thread waits for a condition without holding the mutex");
    }
    int depth = lock->count;
    lock->count = 1;
    xp_mutex_unlock_now(mutex, pc);
    bool in_time = true;
    if (XP->spurious_left > 0 && xp_unlikely(XP_SPURIOUS, 8)) {
        XP->spurious_left--;
        xp_event(XP_COND_WAIT, cond, pc, 2);
        xp_schedule(false);
    } else {
        in_time = xp_block(XP_COND_WAIT, cond, pc, deadline);
    }
    xp_heap_check(cond, 4, XP_ATOMIC | XP_USE, pc);
    xp_mutex_lock_now(mutex, 0, false, pc);
    xp_object(mutex, XP_MUTEX, pc)->count = depth;
    return in_time ? 0 : ETIMEDOUT;
}

int xp_cond_signal(uintptr_t cond, bool to_all, uintptr_t pc)
{
    enum xp_what what = to_all ? XP_COND_BROADCAST : XP_COND_SIGNAL;
    xp_not_in_handler("signals a condition variable", cond, pc);
    xp_step(what, cond, pc);
    struct xp_object *object = xp_object(cond, XP_COND, pc);
    xp_touch(cond, pc);
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
