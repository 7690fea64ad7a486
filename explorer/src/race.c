// Data races by happens-before: two accesses to the same byte, at least one a
// write, not both atomic, and neither ordered before the other by locks,
// creation, joining, or release and acquire. Each thread has a vector clock;
// here is how clocks move, and what is said and learned when a race is seen.
// shadow.c remembers the accesses, and sees the races among them.
//
// Code that orders its accesses correctly is never flagged.

#include "internal.h"

#include <string.h>

// ---------------------------------------------------------------------------
// Clocks. An epoch is a number that one thread has for a while: until it
// publishes what it did. No number is used twice, so an epoch also tells the
// thread, and whether it is of this schedule.
// ---------------------------------------------------------------------------

void xp_clock_join(struct xp_clock *into, const struct xp_clock *from)
{
    for (int i = 0; i < XP->thread_count; i++) {
        if (from->of[i] > into->of[i]) {
            into->of[i] = from->of[i];
        }
    }
}

void xp_clock_copy(struct xp_clock *into, const struct xp_clock *from)
{
    memcpy(into->of, from->of, (size_t)XP->thread_count * sizeof into->of[0]);
}

void xp_clock_clear(struct xp_clock *clock)
{
    memset(clock->of, 0, (size_t)XP->thread_count * sizeof clock->of[0]);
}

void xp_new_epoch(int thread)
{
    XP->thread[thread].clock.of[thread] = ++XP->last_epoch;
    XP->epoch = XP_SELF->clock.of[XP->current];
}

void xp_tick(void)
{
    xp_new_epoch(XP->current);
}

enum { MOST_EPOCHS = 1 << 20 };  // few enough that tests come to it

bool xp_epochs_are_used_up(void)
{
    return XP->last_epoch > MOST_EPOCHS;
}

void xp_acquire(const struct xp_object *object)
{
    xp_clock_join(&XP_SELF->clock, &object->clock);
}

void xp_release(struct xp_object *object)
{
    xp_clock_join(&object->clock, &XP_SELF->clock);
    xp_tick();
}

// ---------------------------------------------------------------------------
// Places where a race was seen become switch points in later schedules
// ---------------------------------------------------------------------------

// Where the place is in the set, or would be.
static uint32_t racy_slot(uint32_t pc)
{
    uint32_t i = pc * 0x9E3779B1U >> 20;
    while (XPS->racy[i] != 0 && XPS->racy[i] != pc) {
        i = (i + 1) & (XP_MAX_RACY - 1);
    }
    return i;
}

bool xp_is_racy(uint32_t pc)
{
    return XPS->racy_count > 0 && XPS->racy[racy_slot(pc)] == pc;
}

void xp_adopt_racy(uint32_t pc)
{
    uint32_t i = racy_slot(pc);
    if (XPS->racy[i] == 0 && XPS->racy_count < XP_MAX_RACY / 2) {
        XPS->racy[i] = pc;
        XPS->racy_count++;
    }
}

// Only noted: the set must not change within a schedule, or it could not be
// replayed. search.c adds them before the next one.
static void note_racy(uint32_t pc)
{
    for (uint32_t i = 0; i < XPS->newly_racy_count; i++) {
        if (XPS->newly_racy[i] == pc) {
            return;
        }
    }
    if (!xp_is_racy(pc) && XPS->newly_racy_count < 256) {
        XPS->newly_racy[XPS->newly_racy_count++] = pc;
    }
}

void xp_found_race(const struct xp_seen *other, uintptr_t address, int how,
                   uintptr_t pc)
{
    note_racy(other->pc);
    note_racy((uint32_t)pc);
    if (XPS->finding.bug != XP_CLEAN) {
        return;  // the first one counts; the schedule goes on
    }
    XPS->is_adjacent = XP->racy_before.pc == other->pc &&
                       XP->racy_before.thread == other->thread &&
                       XP->racy_before.step + 1 == XP->racy_now.step &&
                       XP->racy_now.pc == (uint32_t)pc;
    int both = how | other->how;
    if (both & (XP_MAKE | XP_END) && both & (XP_USE | XP_MAKE | XP_END)) {
        xp_find(XP_MISUSE,
                "a lock, condition or semaphore is %s while another thread may "
                "use it: nothing orders the two",
                both & XP_END ? "destroyed" : "initialised");
    } else if (both & XP_FREE) {
        xp_find(XP_USE_AFTER_FREE,
                "memory is freed while another thread may still use it: "
                "nothing orders the two");
    } else {
        xp_find(XP_RACE, "two threads touch the same memory at the same time, "
                         "and nothing orders them");
    }
    xp_note("access", XP->current, XP_HOW | (unsigned)how, address, pc);
    xp_note("other", other->thread, XP_HOW | other->how, address, other->pc);
}
