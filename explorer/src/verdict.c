// How a schedule ends: with what was found in it, as facts. Names of functions
// and lines come later, from the addresses, outside of this process.

#include "internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// A data race explains most of what follows from it, but a deadlock or the
// misuse of memory says more.
bool xp_says_more_than_race(enum xp_bug bug)
{
    return bug == XP_DEADLOCK || bug == XP_LOST_WAKEUP ||
           bug == XP_USE_AFTER_FREE || bug == XP_DOUBLE_FREE ||
           bug == XP_OUT_OF_BOUNDS;
}

// Two accesses that nothing orders: a data race, or one of those with a lock
// that is made, or memory that is freed. The schedule went on after it.
bool xp_is_unordered(const struct xp_finding *finding)
{
    return finding->bug != XP_CLEAN && finding->note_count == 2 &&
           strcmp(finding->notes[1].role, "other") == 0;
}

// Where a finding belongs: it is the schedule's, or the harm that its race has
// done, or NULL.
static struct xp_finding *place_of(enum xp_bug bug)
{
    enum xp_bug older = XPS->finding.bug;
    if (older == XP_CLEAN || xp_says_more_than_race(bug)) {
        XPS->also |= older == XP_CLEAN ? 0 : 1U << older;
        return &XPS->finding;
    }
    XPS->also |= 1U << bug;
    bool is_harm = xp_is_unordered(&XPS->finding) && bug != XP_RACE;
    return is_harm && XPS->harm.bug == XP_CLEAN ? &XPS->harm : NULL;
}

void xp_find(enum xp_bug bug, const char *format, ...)
{
    struct xp_finding *finding = place_of(bug);
    XP->noting = finding;
    if (finding == NULL) {
        return;
    }
    finding->bug = bug;
    finding->at = XPS->event_count;
    finding->note_count = 0;
    va_list args;
    va_start(args, format);
    vsnprintf(finding->text, sizeof finding->text, format, args);
    va_end(args);
}

// Frame `level` of a thread: 0 is the caller of its innermost function.
uint32_t xp_caller(int thread, int level)
{
    const struct xp_thread *t = &XP->thread[thread];
    int64_t at = (int64_t)t->call_depth - 1 - level;
    return at >= 0 && at < XP_MAX_CALLS ? (uint32_t)t->calls[at] : 0;
}

struct xp_note *xp_note(const char *role, int thread, unsigned what,
                        uintptr_t object, uintptr_t pc)
{
    struct xp_finding *finding =
        XP->noting != NULL ? XP->noting : &XPS->finding;
    int last = XP_MAX_NOTES - 1;  // never reported
    bool has_room = XP->noting != NULL && finding->note_count < last;
    struct xp_note *note =
        &finding->notes[has_room ? finding->note_count++ : last];
    memset(note, 0, sizeof *note);
    snprintf(note->role, sizeof note->role, "%s", role);
    note->thread = thread;
    note->what = what;
    note->object = object;
    note->owner = -1;
    note->pc = (uint32_t)pc;
    bool is_now = strcmp(role, "access") == 0 || strcmp(role, "waits") == 0;
    for (int i = 0; i < 8 && is_now; i++) {
        note->calls[i] = xp_caller(thread, i);
    }
    return note;
}

void xp_misuse(uintptr_t object, uintptr_t pc, const char *format, ...)
{
    char text[256];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    xp_find(XP_MISUSE, "%s", text);
    struct xp_note *note = xp_note("access", XP->current, XP_LOCK, object, pc);
    const struct xp_object *known =
        object == 0 ? NULL : xp_object_if_known(object);
    if (known != NULL && known->owner >= 0) {
        note->owner = known->owner;
        xp_note("holds", known->owner, XP_LOCK, object, known->pc);
    }
    xp_end();
}

static bool is_left_behind(int thread)
{
    const struct xp_thread *t = &XP->thread[thread];
    bool ends_the_program = thread == XP->current && t->state != XP_ENDED;
    return !t->is_joined && !t->is_detached && !ends_the_program;
}

static void find_threads_left(void)
{
    for (int i = 1; i < XP->thread_count; i++) {
        const struct xp_thread *t = &XP->thread[i];
        if (is_left_behind(i)) {
            xp_find(XP_THREAD_LEAK,
                    t->state == XP_ENDED
                        ? "a thread has ended, but nobody joined or detached it"
                        : "the program ended while a thread that nobody joined "
                          "was still at work");
            xp_note("created", i, XP_CREATE, (uintptr_t)t->start,
                    t->created_at);
            return;
        }
    }
}

// Before the end there is a last chance for those who are still at work.
void xp_program_returned(int code)
{
    uintptr_t pc = XP_SELF->last_pc;
    if (XP_SELF->state == XP_READY) {
        xp_step(XP_EXIT, 0, pc);
    }
    if (XP->is_end_forbidden) {
        xp_find(XP_NONZERO_EXIT,
                "the program ends itself, with the exit status %d, in the "
                "middle of a test",
                code);
        xp_note("access", XP->current, XP_EXIT, 0, XP_SELF->last_pc);
        xp_end();
    }
    if (code != 0) {
        xp_find(XP_NONZERO_EXIT, "the program ended with the exit status %d",
                code);
        xp_note("access", XP->current, XP_EXIT, 0, XP_SELF->last_pc);
    }
    if (XPS->finding.bug == XP_CLEAN) {
        find_threads_left();
    }
    if (XPS->finding.bug == XP_CLEAN && XPS->options.looks_for_leaks) {
        xp_find_leaks();
    }
    xp_end();
}

void xp_end(void)
{
    XP->is_active = false;
    XPS->steps = XP->steps;
    XPS->points = XP->points;
    XPS->choices = XP->choice_count;
    XPS->accesses = XP->accesses;
    XPS->elapsed = (int64_t)(XP->now - XP->began);
    XPS->is_finished = true;
    xp_context_leave();
}
