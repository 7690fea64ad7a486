// What programs that know of the explorer ask of it, and tell it (explorer.h).

#include "internal.h"

#include "../include/explorer.h"

#include <stdio.h>

bool xp_is_exploring(void)
{
    return XP->is_active;
}

int64_t xp_now(void)
{
    return (int64_t)(XP->now - XP->began);
}

void xp_expect_elapsed(int64_t nanoseconds)
{
    if (XP->is_active && XP->mode != XP_HOSTILE && xp_now() != nanoseconds) {
        xp_find(XP_ASSERTION,
                "%.9f s of virtual time have passed, expected were %.9f s",
                (double)xp_now() / 1e9, (double)nanoseconds / 1e9);
        xp_note("access", XP->current, XP_CLOCK, 0, XP_PC);
        xp_end();
    }
}

uint64_t xp_schedules(void)
{
    return XPS->schedule;
}

void xp_name(const void *address, const char *name)
{
    if (!XPS->options.is_recording || XPS->name_count == XP_MAX_NAMES) {
        return;
    }
    struct xp_given_name *given = &XPS->name[XPS->name_count++];
    given->address = (uint64_t)(uintptr_t)address;
    snprintf(given->text, sizeof given->text, "%s", name);
}

void xp_fail(const void *place, const char *text)
{
    xp_find(XP_ASSERTION, "%s", text);
    xp_note("access", XP->current, XP_EXIT, 0, (uintptr_t)place);
    xp_end();
}

void xp_forbid_end(bool is_forbidden)
{
    XP->is_end_forbidden = is_forbidden;
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
    uint64_t until = XP->now + (uint64_t)nanoseconds;
    while (XP->now < until) {  // a signal does not end it
        xp_block(XP_WORK, number, pc, until);
    }
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
