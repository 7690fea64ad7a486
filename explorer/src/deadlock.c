// Nobody can run, and no time limit will come: is it a deadlock, or has a
// wake-up been lost? Who waits for whom, and who holds what, is told of each
// thread.

#include "internal.h"

static int owner_of(const struct xp_thread *thread)
{
    if (thread->waits_for == XP_JOIN) {
        return (int)((struct xp_thread *)thread->waits_object - XP->thread);
    }
    const struct xp_object *object = xp_object_if_known(thread->waits_object);
    if (object == NULL || object->owner >= 0 || object->kind != XP_RWLOCK) {
        return object == NULL ? -1 : object->owner;
    }
    for (int i = 0; i < XP->thread_count; i++) {  // one of those who read
        if (&XP->thread[i] != thread &&
            object->readers[i / 32] >> (i % 32) & 1) {
            return i;
        }
    }
    return object->count > 0 ? (int)(thread - XP->thread) : -1;
}

static void note_waiter(int thread)
{
    const struct xp_thread *t = &XP->thread[thread];
    struct xp_note *note =
        xp_note("waits", thread, t->waits_for, t->waits_object, t->waits_pc);
    note->owner = owner_of(t);
    for (int i = 0; i < t->held_count; i++) {
        xp_note("holds", thread, XP_LOCK, t->held[i].object, t->held[i].pc);
    }
}

// Follows who waits for whom; true if that comes back to the start.
static bool is_in_cycle(int thread)
{
    int next = thread;
    for (int i = 0; i < XP->thread_count; i++) {
        const struct xp_thread *t = &XP->thread[next];
        if (t->state != XP_BLOCKED || (next = owner_of(t)) < 0) {
            return false;
        }
        if (next == thread) {
            return true;
        }
    }
    return false;
}

// Signals that came too early, to those who wait for a condition now.
static int signals_without_waiter(void)
{
    int count = 0;
    for (int i = 0; i < XP->thread_count; i++) {
        const struct xp_thread *t = &XP->thread[i];
        const struct xp_object *object =
            t->state == XP_BLOCKED && t->waits_for == XP_COND_WAIT
                ? xp_object_if_known(t->waits_object)
                : NULL;
        count = object != NULL && object->count > count ? object->count : count;
    }
    return count;
}

// Does a thread wait for a lock whose owner waits, too?
static bool is_locked_out(const struct xp_thread *thread)
{
    const int owner = thread->waits_for == XP_JOIN ? -1 : owner_of(thread);
    return owner >= 0 && XP->thread[owner].state == XP_BLOCKED;
}

// Somebody waits for a condition, a semaphore or an address, and no lock is
// to blame: whoever should have woken it has done so too early, or never. It
// may also have come to a lock that somebody sleeps with.
static bool is_lost_wakeup(void)
{
    bool any = false;
    const bool was_too_early = signals_without_waiter() > 0;
    for (int i = 0; i < XP->thread_count; i++) {
        const struct xp_thread *t = &XP->thread[i];
        if (t->state == XP_BLOCKED) {
            any |= t->waits_for == XP_COND_WAIT ||
                   t->waits_for == XP_ADDRESS_WAIT || t->waits_for == XP_PAUSE;
            if (is_in_cycle(i) || (is_locked_out(t) && !was_too_early)) {
                return false;
            }
        }
    }
    return any;
}

static void find_lost_wakeup(int waiting)
{
    int too_early = signals_without_waiter();
    xp_find(XP_LOST_WAKEUP,
            "%d thread%s wait%s for a wake-up that never comes%s", waiting,
            waiting == 1 ? "" : "s", waiting == 1 ? "s" : "",
            too_early > 0 ? "; a signal came when nobody waited" : "");
}

static int first_in_cycle(void)
{
    int thread = 0;
    while (!is_in_cycle(thread)) {
        thread++;
    }
    return thread;
}

static const char *words_for_one(int thread)
{
    return XP->thread[thread].handlers > 0
               ? "a signal handler waits for a lock that the thread which it "
                 "has interrupted holds, for ever"
               : "a thread waits for itself, for ever";
}

static void find_deadlock(int waiting, int in_cycle)
{
    if (in_cycle == 0) {
        xp_find(XP_DEADLOCK,
                "%d thread%s wait%s, and nobody is left to let %s go on",
                waiting, waiting == 1 ? "" : "s", waiting == 1 ? "s" : "",
                waiting == 1 ? "it" : "them");
    } else if (in_cycle == 1) {
        xp_find(XP_DEADLOCK, "%s", words_for_one(first_in_cycle()));
    } else {
        xp_find(XP_DEADLOCK, "%d threads wait for each other, for ever",
                in_cycle);
    }
}

// Those who block each other are told first, those who only join last.
static int turn_to_tell(int thread)
{
    if (is_in_cycle(thread)) {
        return 0;
    }
    return XP->thread[thread].waits_for == XP_JOIN ? 2 : 1;
}

void xp_deadlock(void)
{
    int waiting = 0, in_cycle = 0;
    for (int i = 0; i < XP->thread_count; i++) {
        waiting += XP->thread[i].state == XP_BLOCKED;
        in_cycle += XP->thread[i].state == XP_BLOCKED && is_in_cycle(i);
    }
    if (is_lost_wakeup()) {
        find_lost_wakeup(waiting);
    } else {
        find_deadlock(waiting, in_cycle);
    }
    for (int pass = 0; pass < 3; pass++) {
        for (int i = 0; i < XP->thread_count; i++) {
            if (XP->thread[i].state == XP_BLOCKED && turn_to_tell(i) == pass) {
                note_waiter(i);
            }
        }
    }
    xp_end();
}
