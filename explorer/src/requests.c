// What tests ask of the explorer that runs them (the last part of explorer.h).

#include "internal.h"

#include "../include/explorer.h"

#include <stdio.h>

void xp_fail(const void *place, const char *text)
{
    xp_find(XP_ASSERTION, "%s", text);
    xp_note("access", XP->current, XP_EXIT, 0, (uintptr_t)place);
    xp_end();
}

// Returns the number under which the timeline finds the name; 0: none.
static uintptr_t note_work(const char *what)
{
    if (!XPS->options.is_recording || XPS->work_count == XP_MAX_WORKS) {
        return 0;
    }
    char *kept = XPS->work[XPS->work_count++];
    snprintf(kept, sizeof XPS->work[0], "%s", what);
    return XPS->work_count;
}

void xp_work(int64_t nanoseconds, const char *what)
{
    uintptr_t pc = XP_PC;
    uintptr_t number = note_work(what);
    xp_step(XP_WORK, number, pc);
    xp_block(XP_WORK, number, pc, XP->now + (uint64_t)nanoseconds);
    xp_event(XP_WORK, number, pc, 1);
}

void xp_allow_threads(uint64_t more)
{
    XP->threads_allowed = more;
}

uint64_t xp_threads_created(void)
{
    return (uint64_t)XP->thread_count - 1;
}

uint64_t xp_unlocks(void)
{
    return XP_SELF->unlocks;
}
