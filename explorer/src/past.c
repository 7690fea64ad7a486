// The exhaustive search does not follow what it has followed before: two orders
// of steps that have nothing to do with each other lead to the same state. A
// state is told by what led to it, as one number of 64 bits (the happens-before
// caching of CHESS, by Musuvathi and Qadeer):
//
//   the past of a thread   all its steps and, for each, the past of the object
//                          that it was about
//   the past of an object  that of the thread that changed it last
//
// Whatever else may differ and be seen by the program must be told by
// xp_past_learn: an address from malloc, a random number, that time was up.
//
// The state counts for the search with the number of preemptions so far, so
// from equal ones the same interleavings are in reach. How many they are is
// kept when all of them have been tried; so the search still knows the number
// of interleavings that it covers.

#include "internal.h"

#include <errno.h>

enum { INPUT_AND_OUTPUT = 1, CREATION = 2 };  // no address is as low

static bool is_needed(void)
{
    return XP->strategy == XP_EXHAUSTIVE && !XPS->options.follow_all;
}

// A value is often a past itself, even the same one: so the two sides differ.
static uint64_t mix(uint64_t past, uint64_t value)
{
    uint64_t x = (past * 0xD6E8FEB86659FD93ULL + value) * 0x9E3779B97F4A7C15ULL;
    return x ^ (x >> 32);
}

void xp_past_begin(void)
{
    XP->pasts_used = 0;
    XP->past_of_objects = 0;
    XP->is_past_lost = false;
}

void xp_past_learn(uint64_t value)
{
    if (is_needed()) {
        XP_SELF->past = mix(XP_SELF->past, value);
    }
}

// ---------------------------------------------------------------------------
// Objects
// ---------------------------------------------------------------------------

// All descriptors count as one object, and so does the numbering of threads.
static uintptr_t subject_of(enum xp_what what, uintptr_t object)
{
    return what == XP_IO       ? INPUT_AND_OUTPUT
           : what == XP_CREATE ? CREATION
                               : object;
}

static struct xp_past *past_of(uintptr_t object)
{
    uint32_t i = (uint32_t)((object * 0x9E3779B97F4A7C15ULL) >> 52);
    while (XP->past[i].run == XP->run && XP->past[i].object != object) {
        i = (i + 1) & (XP_MAX_PASTS - 1);
    }
    if (XP->past[i].run != XP->run) {
        XP->past[i] = (struct xp_past){.object = object, .run = XP->run};
        XP->is_past_lost |= ++XP->pasts_used > XP_MAX_PASTS * 3 / 4;
    }
    return &XP->past[i];
}

enum effect { NO_EFFECT, READS, CHANGES };

static void touch(uintptr_t object, enum effect effect)
{
    if (object == 0 || effect == NO_EFFECT || XP->is_past_lost) {
        return;
    }
    struct xp_past *past = past_of(object);
    xp_past_learn(past->past);
    if (effect == CHANGES) {
        XP->past_of_objects += XP_SELF->past - past->past;
        past->past = XP_SELF->past;
    }
}

// ---------------------------------------------------------------------------
// Steps
// ---------------------------------------------------------------------------

void xp_past_intend(enum xp_what what, uintptr_t object)
{
    xp_past_learn(what);
    xp_past_learn(object);
}

// What a step does to its object, as far as that is known before it is done.
// Locks and the like are changed when they are taken or given back, which an
// event tells, as its absence tells of a try that failed; who waits for what,
// and whom a signal wakes, is seen in the threads.
static enum effect effect_of(enum xp_what what)
{
    switch (what) {
    case XP_LOCK:
    case XP_UNLOCK:
    case XP_READ_LOCK:
    case XP_WRITE_LOCK:
    case XP_RW_UNLOCK:
    case XP_SEM_WAIT:
    case XP_SEM_POST:
    case XP_COND_WAIT:
    case XP_COND_SIGNAL:
    case XP_COND_BROADCAST:
    case XP_ADDRESS_WAKE:
        return NO_EFFECT;
    case XP_ATOMIC_OP:
    case XP_MEMORY:
    case XP_ADDRESS_WAIT:
        return READS;
    default:
        return CHANGES;
    }
}

void xp_past_step(enum xp_what what, uintptr_t object)
{
    if (is_needed()) {
        xp_past_learn(XP->now);
        touch(subject_of(what, object), effect_of(what));
    }
}

void xp_past_resume(uint64_t since)
{
    if (XP->now != since) {
        xp_past_learn(XP->now);
    }
    if (XP_SELF->timed_out) {
        xp_past_learn(ETIMEDOUT);
    }
}

void xp_past_event(enum xp_what what, uintptr_t object, int detail)
{
    if (!is_needed() || detail < 0) {
        return;  // or it blocks, which is seen in the thread
    }
    switch (what) {
    case XP_LOCK:
    case XP_UNLOCK:
    case XP_READ_LOCK:
    case XP_WRITE_LOCK:
    case XP_RW_UNLOCK:
    case XP_SEM_WAIT:
    case XP_SEM_POST:
        touch(object, CHANGES);
        break;
    case XP_ATOMIC_OP:
        touch(object, detail != 0 ? CHANGES : NO_EFFECT);
        break;
    case XP_MEMORY:
        touch(object, detail & XP_WRITE ? CHANGES : NO_EFFECT);
        break;
    case XP_CREATE:
        XP->thread[object].past = mix(XP_SELF->past, object);
        break;
    case XP_JOIN:
        xp_past_learn(((const struct xp_thread *)object)->past);
        break;
    default:  // its step has told all
        break;
    }
}

// ---------------------------------------------------------------------------
// States
// ---------------------------------------------------------------------------

static uint64_t state_of_thread(int number)
{
    const struct xp_thread *thread = &XP->thread[number];
    uint64_t state = mix(thread->past, thread->state);
    if (thread->state == XP_BLOCKED) {
        return mix(mix(state, thread->waits_for), thread->waits_object);
    }
    state = mix(state, thread->timed_out);
    state = mix(state, xp_waits_for_change(number));
    return mix(state, thread->fruitless_yields);
}

static uint64_t state_now(bool is_yielding)
{
    uint64_t state = mix(XP->past_of_objects, (uint64_t)XP->current);
    state = mix(state, is_yielding);
    state = mix(state, (uint64_t)XP->preemptions);
    state = mix(state, XP->random_state_of_program);
    for (int i = 0; i < XP->thread_count; i++) {
        state = mix(state, state_of_thread(i));
    }
    return state | 1;  // 0: an empty place
}

// Signals that wait to be handled are in no past: with them all is followed.
static bool is_state_told(void)
{
    return !XP->is_past_lost && !XP->signals.were_sent &&
           XP->signals.alarm == 0;
}

static struct xp_known *find(uint64_t state)
{
    uint32_t i = (uint32_t)(state >> 32) & (XP_MAX_KNOWN - 1);
    while (XPS->known[i].state != 0 && XPS->known[i].state != state) {
        i = (i + 1) & (XP_MAX_KNOWN - 1);
    }
    return &XPS->known[i];
}

void xp_enter_state(bool is_yielding)
{
    struct xp_choice *choice = &XPS->choice[XP->choice_count];
    choice->state = 0;
    choice->interleavings_before = XPS->interleavings;
    if (!is_needed() || !is_state_told() || XPS->finding.bug != XP_CLEAN) {
        return;
    }
    uint64_t state = state_now(is_yielding);
    struct xp_known *known = find(state);
    if (known->state == 0 && XPS->known_used < XP_MAX_KNOWN * 3 / 4) {
        XPS->known_used++;
        known->state = state;
    }
    if (known->interleavings > 0) {
        XPS->covers = known->interleavings;
        xp_end();
    }
    if (known->state == state) {
        choice->state = (uint32_t)(known - XPS->known) + 1;
    }
}

void xp_leave_state(const struct xp_choice *choice)
{
    if (choice->state != 0) {
        XPS->known[choice->state - 1].interleavings =
            XPS->interleavings - choice->interleavings_before;
    }
}
