// Signals. A signal arrives between two steps of the thread that handles it, so
// every place at which it can interrupt a step is tried. What it interrupts
// goes on as the kernel would let it: sleeps and semaphores end early, locks
// are waited for again, a condition variable wakes for no reason.

#include "internal.h"

#include <signal.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

void xp_signals_begin(void)
{
    if (XP->signals.were_used) {
        memset(&XP->signals, 0, offsetof(struct xp_signals, clock));
        XP->signals.alarm = XP->signals.alarm_repeats = 0;
    }
}

static bool is_ignored_by_default(int number)
{
    return number == SIGCHLD || number == SIGCONT || number == SIGURG ||
           number == SIGWINCH;
}

static bool is_ignored(int number)
{
    void (*handler)(int) = XP->signals.action[number].handler;
    return handler == SIG_IGN ||
           (handler == SIG_DFL && is_ignored_by_default(number));
}

// Does it interrupt that thread, or end its wait?
static bool lets_in(const struct xp_thread *thread, int number)
{
    uint64_t bit = XP_SIGNAL_BIT(number);
    bool waits_for_it = thread->state == XP_BLOCKED &&
                        thread->waits_for == XP_SIGWAIT &&
                        thread->waits_object & bit;
    return thread->state != XP_ENDED &&
           (waits_for_it || !(thread->signals_blocked & bit));
}

static int any_thread_for(int number)
{
    int threads[XP_MAX_THREADS];
    int count = 0;
    for (int i = 0; i < XP->thread_count; i++) {
        if (lets_in(&XP->thread[i], number)) {
            threads[count++] = i;
        }
    }
    return count == 0 ? -1 : threads[count == 1 ? 0 : xp_choose(count)];
}

static void end_by_signal(int number, uintptr_t pc) __attribute__((noreturn));

static void end_by_signal(int number, uintptr_t pc)
{
    xp_find(XP_CRASH, "the program was killed by SIG%s, which nothing handles",
            sigabbrev_np(number));
    xp_note("access", XP->current, XP_SIGNAL, 0, pc);
    xp_end();
}

static void bring(int number, int thread, uintptr_t pc)
{
    if (number == SIGKILL || number == SIGSTOP) {
        end_by_signal(number, pc);
    }
    XP->signals.were_used = XP->signals.were_sent = true;
    if (is_ignored(number)) {
        return;
    }
    int target = thread >= 0 ? thread : any_thread_for(number);
    if (target < 0) {
        XP->signals.pending |= XP_SIGNAL_BIT(number);
        return;
    }
    struct xp_thread *t = &XP->thread[target];
    t->signals_pending |= XP_SIGNAL_BIT(number);
    if (t->state == XP_BLOCKED && lets_in(t, number)) {
        xp_wake_thread(target);
    }
    xp_changed();
}

void xp_signal_send(int number, int thread, uintptr_t pc)
{
    struct xp_thread *self = XP_SELF;
    xp_step(XP_SIGNAL, 0, pc);
    xp_event(XP_SIGNAL, (uintptr_t)number, pc, thread + 1);  // 0: to any
    xp_clock_join(&XP->signals.clock, &self->clock);
    xp_tick();
    self->sends_itself = number;
    bring(number, thread, pc);
    xp_signals_deliver();
    self->sends_itself = 0;
}

// Takes one of these signals off what is pending; 0: there is none.
static int take(uint64_t set)
{
    struct xp_thread *self = XP_SELF;
    uint64_t here = (self->signals_pending | XP->signals.pending) & set;
    if (here == 0) {
        return 0;
    }
    int number = __builtin_ctzll(here) + 1;
    self->signals_pending &= ~XP_SIGNAL_BIT(number);
    XP->signals.pending &= ~XP_SIGNAL_BIT(number);
    xp_clock_join(&self->clock, &XP->signals.clock);
    return number;
}

static void call_handler(const struct xp_action *action, int number)
{
    if (!(action->flags & SA_SIGINFO)) {
        action->handler(number);
        return;
    }
    siginfo_t info = {.si_signo = number, .si_code = SI_USER};
    info.si_pid = getpid();
    ucontext_t nothing_known = {0};
    void (*handler)(int, siginfo_t *, void *) =
        (void (*)(int, siginfo_t *, void *))(void (*)(void))action->handler;
    handler(number, &info, &nothing_known);
}

static void handle(int number)
{
    struct xp_thread *self = XP_SELF;
    struct xp_action action = XP->signals.action[number];
    uintptr_t interrupted_at = self->last_pc;
    if (action.handler == SIG_DFL) {
        end_by_signal(number, interrupted_at);
    }
    if (action.flags & SA_RESETHAND) {
        XP->signals.action[number].handler = SIG_DFL;
    }
    // A signal that the thread sends itself interrupts nothing unawares.
    int from_outside = self->sends_itself != number;
    uint64_t blocked = self->signals_blocked;
    self->signals_blocked |=
        action.mask | (action.flags & SA_NODEFER ? 0 : XP_SIGNAL_BIT(number));
    self->handlers++;
    self->handlers_from_outside += from_outside;
    xp_event(XP_HANDLER, (uintptr_t)number, interrupted_at, 1);
    call_handler(&action, number);
    xp_event(XP_HANDLER, (uintptr_t)number, interrupted_at, 0);
    self->handlers_from_outside -= from_outside;
    self->handlers--;
    self->signals_blocked = blocked;
}

void xp_signals_deliver(void)
{
    enum xp_interruption all = XP_IS_NONE;
    int number;
    while ((number = take(~XP_SELF->signals_blocked)) != 0) {
        if (!is_ignored(number)) {
            bool restarts = XP->signals.action[number].flags & SA_RESTART;
            bool resumes = restarts && all != XP_IS_BROKEN_OFF;
            all = resumes ? XP_IS_RESUMED : XP_IS_BROKEN_OFF;
            handle(number);
        }
    }
    if (all != XP_IS_NONE) {
        XP_SELF->interruption = all;
    }
}

void xp_signals_block(uint64_t set, uintptr_t pc)
{
    XP->signals.were_used = true;
    uint64_t uncatchable = XP_SIGNAL_BIT(SIGKILL) | XP_SIGNAL_BIT(SIGSTOP);
    XP_SELF->signals_blocked = set & ~uncatchable;
    XP_SELF->last_pc = pc;
    xp_signals_deliver();
}

int xp_signal_wait(uint64_t set, uint64_t deadline, uintptr_t pc)
{
    XP->signals.were_used = true;
    xp_step(XP_SIGWAIT, 0, pc);
    int number;
    while ((number = take(set)) == 0) {
        if (!xp_block(XP_SIGWAIT, set, pc, deadline)) {
            number = take(set);
            break;
        }
    }
    xp_event(XP_SIGWAIT, (uintptr_t)number, pc, 1);
    xp_changed();
    return number;
}

void xp_signal_pause(uintptr_t pc)
{
    XP->signals.were_used = true;
    xp_step(XP_PAUSE, 0, pc);
    xp_signal_suspend(XP_SELF->signals_blocked, pc);
}

void xp_signal_suspend(uint64_t blocked, uintptr_t pc)
{
    XP_SELF->interruption = XP_IS_NONE;
    xp_signals_block(blocked, pc);
    while (XP_SELF->interruption == XP_IS_NONE) {
        xp_block(XP_PAUSE, 0, pc, 0);
    }
}

uint64_t xp_signals_pending(void)
{
    return XP_SELF->signals_pending | XP->signals.pending;
}

// An alarm that nobody handles is there to end a program that hangs; a hanging
// program is told by what it hangs on.
uint64_t xp_alarm_due(bool is_only_deadline)
{
    bool is_handled = XP->signals.action[SIGALRM].handler != SIG_DFL;
    bool is_due = XP->signals.alarm != 0 && (is_handled || !is_only_deadline);
    return is_due ? XP->signals.alarm : UINT64_MAX;
}

void xp_alarm_rings(void)
{
    uint64_t every = XP->signals.alarm_repeats;
    XP->signals.alarm = every > 0 ? XP->signals.alarm + every : 0;
    bring(SIGALRM, -1, XP_SELF->last_pc);
}

void xp_not_in_handler(const char *does, uintptr_t object, uintptr_t pc)
{
    if (!XP->is_active || XP_SELF->handlers_from_outside == 0) {
        return;
    }
    xp_misuse(object, pc,
              "a signal handler %s: it may have interrupted just that, half "
              "done. A handler may call only what signal-safety(7) lists",
              does);
}
