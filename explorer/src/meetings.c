// Waiting on an address, and meeting points: for libraries and tests that know
// of the explorer (explorer.h).

#include "internal.h"

#include "../include/explorer.h"

bool xp_address_wait(const uint32_t *address, uint32_t expected,
                     int64_t deadline)
{
    uintptr_t pc = XP_PC;
    xp_step(XP_ADDRESS_WAIT, (uintptr_t)address, pc);
    if (*(const volatile uint32_t *)address != expected) {
        return true;
    }
    if (XP->spurious_left > 0 && xp_unlikely(XP_SPURIOUS, 8)) {
        XP->spurious_left--;
        return true;
    }
    uint64_t until = deadline < 0 ? 0 : XP->began + (uint64_t)deadline;
    if (deadline >= 0 && until <= XP->now) {
        return false;
    }
    return xp_block(XP_ADDRESS_WAIT, (uintptr_t)address, pc, until);
}

void xp_address_wake(const uint32_t *address, int count)
{
    xp_step(XP_ADDRESS_WAKE, (uintptr_t)address, XP_PC);
    int waiting[XP_MAX_THREADS];
    int waiters = xp_waiters(XP_ADDRESS_WAIT, (uintptr_t)address, waiting);
    xp_event(XP_ADDRESS_WAKE, (uintptr_t)address, XP_PC, waiters);
    for (int woken = 0; waiters > 0 && woken < count; woken++, waiters--) {
        int pick = xp_choose(waiters);
        xp_wake_thread(waiting[pick]);
        waiting[pick] = waiting[waiters - 1];
        xp_changed();
    }
}

enum { MEETING_OPEN, MEETING_HAPPENED, MEETING_FAILED };

bool xp_together(int id, int count)
{
    uintptr_t pc = XP_PC;
    uintptr_t address = 16 + (uintptr_t)id * 16;  // below any program's memory
    xp_step(XP_TOGETHER, address, pc);
    struct xp_object *object = xp_object(address, XP_MEETING, pc);
    if (object->needed == MEETING_OPEN && ++object->count >= count) {
        object->needed = MEETING_HAPPENED;
        xp_wake(XP_TOGETHER, address);
    }
    xp_changed();
    while (object->needed == MEETING_OPEN) {
        xp_block(XP_TOGETHER, address, pc,
                 0);  // sched.c ends it when all are stuck
    }
    return object->needed == MEETING_HAPPENED;
}

// Nobody can run any more: those who wait at a meeting point learn that the
// others will not come. False if nobody waits at one.
bool xp_give_up_meetings(void)
{
    bool any = false;
    for (int i = 0; i < XP->thread_count; i++) {
        const struct xp_thread *t = &XP->thread[i];
        if (t->state == XP_BLOCKED && t->waits_for == XP_TOGETHER) {
            xp_object(t->waits_object, XP_MEETING, t->waits_pc)->needed =
                MEETING_FAILED;
            xp_wake_thread(i);
            any = true;
        }
    }
    return any;
}
