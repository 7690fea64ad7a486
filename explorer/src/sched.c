// Who runs next. Exactly one thread of the program runs; it keeps the processor
// until it reaches a step, blocks or ends. When nobody is ready the virtual
// clock moves to the earliest deadline; when there is none, it is a deadlock.

#include "internal.h"

enum {
    POLLS_BEFORE_YIELD = 60,      // steps of one thread that change nothing
    ALONE_BEFORE_YIELD = 1000,    // steps while others are ready
    QUIET_BEFORE_VERDICT = 4000,  // steps of all threads that change nothing
    FRUITLESS_YIELDS = 8  // of each ready thread: only time can change anything
};

void xp_event(enum xp_what what, uintptr_t object, uintptr_t pc, int detail)
{
    xp_past_event(what, object, detail);
    if (!XPS->options.is_recording || XPS->event_count >= XP_MAX_EVENTS) {
        return;
    }
    struct xp_event *event = &XPS->event[XPS->event_count++];
    *event = (struct xp_event){
        .step = (uint32_t)XP->steps,
        .thread = (uint8_t)XP->current,
        .what = (uint8_t)what,
        .pc = (uint32_t)pc,
        .detail = detail,
        .object = object,
        .now = (int64_t)(XP->now - XP->began),
    };
    for (int i = 0; i < XP_EVENT_CALLS; i++) {
        event->calls[i] = xp_caller(XP->current, i);
    }
}

void xp_changed(void)
{
    XP_SELF->polls = 0;
    XP->last_change = XP->steps;
}

static void end_without_progress(enum xp_what what, uintptr_t object,
                                 uintptr_t pc)
{
    bool quiet = XP->steps - XP->last_change >= QUIET_BEFORE_VERDICT;
    xp_find(quiet ? XP_NO_PROGRESS : XP_LIMIT,
            quiet ? "nothing changed any more: every thread that runs only "
                    "looks again and again"
                  : "the program was still running after %llu steps",
            (unsigned long long)XP->steps);
    xp_note("access", XP->current, what, object, pc);
    xp_end();
}

// Adds those of the threads from..to-1 that are ready. Without a branch: which
// ones are is hard to foresee.
static int add_ready(int *ready, int count, int from, int to)
{
    for (int i = from; i < to; i++) {
        ready[count] = i;
        count += XP->thread[i].state == XP_READY;
    }
    return count;
}

// The ready threads; the default first: the running one, unless it yields; then
// the turn goes to the next one in the ring. There is room for one more.
static int list_ready(int *ready, bool is_yielding)
{
    int me = XP->current;
    if (is_yielding) {
        int count = add_ready(ready, 0, me + 1, XP->thread_count);
        return add_ready(ready, count, 0, me + 1);
    }
    int count = add_ready(ready, 0, me, me + 1);
    count = add_ready(ready, count, 0, me);
    return add_ready(ready, count, me + 1, XP->thread_count);
}

bool xp_waits_for_change(int thread)
{
    return XP->thread[thread].yielded_at > XP->last_change;
}

// Do all who are ready only look again and again? Then it is time that passes.
static bool all_are_spinning(const int *ready, int count)
{
    for (int i = 0; i < count; i++) {
        if (!xp_waits_for_change(ready[i]) ||
            XP->thread[ready[i]].fruitless_yields < FRUITLESS_YIELDS) {
            return false;
        }
    }
    return true;
}

void xp_schedule(bool is_yielding)
{
    int ready[XP_MAX_THREADS + 1];
    int count;
    while ((count = list_ready(ready, is_yielding)) == 0) {
        if (!xp_poll_descriptors() && !xp_clock_advance() &&
            !xp_give_up_meetings()) {
            xp_deadlock();
        }
    }
    bool is_vain = is_yielding && all_are_spinning(ready, count);
    bool time_passes = is_vain || xp_unlikely(XP_HOSTILE, 16);
    if ((time_passes && xp_clock_advance()) ||
        (is_vain && xp_give_up_meetings())) {
        count = list_ready(ready, is_yielding);
    }
    XP->loop_suspected_at = XP->accesses + XP_ACCESSES_BEFORE_YIELD;
    int next = ready[0];
    if (count > 1) {
        XP->points++;
        next = xp_choose_thread(ready, count, is_yielding);
    }
    if (next != XP->last_ran) {
        XP->last_ran = next;
        XP->runs_alone = 0;
    }
    if (next != XP->current) {
        int from = XP->current;
        XP->current = next;
        XP->epoch = XP_SELF->clock.of[next];
        xp_context_switch(from, next);
    }
}

static void note_yield(struct xp_thread *self)
{
    bool is_fruitless = xp_waits_for_change(XP->current);
    self->fruitless_yields = is_fruitless ? self->fruitless_yields + 1 : 1;
    self->yielded_at = XP->steps;
}

// Those that came while others ran.
static void handle_signals(void)
{
    if (XP->signals.were_used) {
        xp_signals_deliver();
    }
}

static void step(enum xp_what what, uintptr_t object, uintptr_t pc,
                 bool is_yielding)
{
    struct xp_thread *self = XP_SELF;
    self->last_pc = pc;
    xp_past_intend(what, object);
    XP->steps++;
    if (XP->steps >= XPS->options.max_steps ||
        XP->steps - XP->last_change >= QUIET_BEFORE_VERDICT) {
        end_without_progress(what, object, pc);
    }
    if (++self->polls > POLLS_BEFORE_YIELD) {
        self->polls = 0;
        is_yielding = true;
    }
    if (++XP->runs_alone > ALONE_BEFORE_YIELD) {
        XP->runs_alone = 0;
        is_yielding = true;
    }
    if (is_yielding) {
        note_yield(self);
    }
    xp_schedule(is_yielding);
    handle_signals();
    xp_past_step(what, object);
}

void xp_step(enum xp_what what, uintptr_t object, uintptr_t pc)
{
    if (XP->is_active) {
        step(what, object, pc, false);
    }
}

void xp_yield(enum xp_what what, uintptr_t object, uintptr_t pc)
{
    if (XP->is_active) {
        step(what, object, pc, true);
    }
}

bool xp_block(enum xp_what what, uintptr_t object, uintptr_t pc,
              uint64_t deadline)
{
    struct xp_thread *self = XP_SELF;
    uint64_t since = XP->now;
    xp_event(what, object, pc, -1);
    self->state = XP_BLOCKED;
    self->waits_for = what;
    self->waits_object = object;
    self->waits_pc = pc;
    self->deadline = deadline;
    self->timed_out = false;
    self->polls = 0;
    self->clock_reads = 0;
    self->interruption = XP_IS_NONE;
    xp_schedule(false);
    xp_past_resume(since);
    self->deadline = 0;
    bool in_time = !self->timed_out;
    handle_signals();  // in which the thread may be blocked, too
    return in_time;
}

void xp_wake_thread(int thread)
{
    XP->thread[thread].state = XP_READY;
    XP->thread[thread].deadline = 0;
}

int xp_waiters(enum xp_what what, uintptr_t object, int *threads)
{
    int count = 0;
    for (int i = 0; i < XP->thread_count; i++) {
        const struct xp_thread *t = &XP->thread[i];
        if (t->state == XP_BLOCKED && t->waits_for == what &&
            t->waits_object == object) {
            threads[count++] = i;
        }
    }
    return count;
}

int xp_wake(enum xp_what what, uintptr_t object)
{
    int waiting[XP_MAX_THREADS];
    int count = xp_waiters(what, object, waiting);
    for (int i = 0; i < count; i++) {
        xp_wake_thread(waiting[i]);
    }
    return count;
}
