// Signals of POSIX, as the program calls them. Processes other than the
// program's own get real ones.

#include "entry.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

static const uint64_t MICROSECOND = 1000, SECOND = 1000000000ULL;

static bool is_signal(int number)
{
    return number >= 1 && number <= XP_MAX_SIGNAL;
}

static uint64_t bits_of(const sigset_t *set)
{
    uint64_t bits;
    memcpy(&bits, set, sizeof bits);  // a bit a signal, from 1
    return bits;
}

static void set_bits(sigset_t *set, uint64_t bits)
{
    sigemptyset(set);
    memcpy(set, &bits, sizeof bits);
}

int xpi_raise(int number)
{
    if (!is_signal(number)) {
        errno = EINVAL;
        return -1;
    }
    xp_signal_send(number, XP->current, XP_PC);
    return 0;
}

int xpi_pthread_kill(pthread_t id, int number)
{
    uintptr_t pc = XP_PC;
    int thread = NUMBER_OF(id);
    if (thread < 0 || thread >= XP->thread_count ||
        XP->thread[thread].is_joined) {
        xp_misuse(0, pc,
                  "pthread_kill is given a thread that there is no more");
    }
    if (number != 0 && !is_signal(number)) {
        return EINVAL;
    }
    if (XP->thread[thread].state == XP_ENDED) {
        return ESRCH;
    }
    if (number != 0) {
        xp_signal_send(number, thread, pc);
    }
    return 0;
}

int xpi_kill(pid_t process, int number)
{
    if (process != getpid() || number == 0) {
        return kill(process, number);
    }
    if (!is_signal(number)) {
        errno = EINVAL;
        return -1;
    }
    xp_signal_send(number, -1, XP_PC);
    return 0;
}

int xpi_sigaction(int number, const struct sigaction *action,
                  struct sigaction *old)
{
    if (!is_signal(number) || number == SIGKILL || number == SIGSTOP) {
        errno = EINVAL;
        return -1;
    }
    struct xp_action *mine = &XP->signals.action[number];
    struct xp_action before = *mine;
    if (action != NULL) {
        XP->signals.were_used = true;
        mine->handler = action->sa_handler;  // whichever of the two types
        mine->mask = bits_of(&action->sa_mask);
        mine->flags = action->sa_flags;
    }
    if (old != NULL) {
        memset(old, 0, sizeof *old);
        old->sa_handler = before.handler;
        xp_past_learn((uintptr_t)before.handler);
        set_bits(&old->sa_mask, before.mask);
        old->sa_flags = before.flags;
    }
    return 0;
}

sighandler_t xpi_signal(int number, sighandler_t handler)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    struct sigaction before;
    int rc = xpi_sigaction(number, &action, &before);
    return rc == 0 ? before.sa_handler : SIG_ERR;
}

static int change_mask(int how, const sigset_t *set, sigset_t *old,
                       uintptr_t pc)
{
    uint64_t before = XP_SELF->signals_blocked;
    uint64_t given = set != NULL ? bits_of(set) : 0;
    if (set != NULL && how != SIG_BLOCK && how != SIG_UNBLOCK &&
        how != SIG_SETMASK) {
        return EINVAL;
    }
    if (old != NULL) {
        set_bits(old, before);
    }
    if (set != NULL) {
        xp_signals_block(how == SIG_BLOCK     ? before | given
                         : how == SIG_UNBLOCK ? before & ~given
                                              : given,
                         pc);
    }
    return 0;
}

int xpi_pthread_sigmask(int how, const sigset_t *set, sigset_t *old)
{
    return change_mask(how, set, old, XP_PC);
}

int xpi_sigprocmask(int how, const sigset_t *set, sigset_t *old)
{
    int rc = change_mask(how, set, old, XP_PC);
    errno = rc == 0 ? errno : rc;
    return rc == 0 ? 0 : -1;
}

int xpi_sigpending(sigset_t *set)
{
    set_bits(set, xp_signals_pending());
    return 0;
}

int xpi_sigwait(const sigset_t *set, int *number)
{
    *number = xp_signal_wait(bits_of(set), NO_DEADLINE, XP_PC);
    return 0;
}

static int wait_with_info(const sigset_t *set, siginfo_t *info,
                          uint64_t deadline, uintptr_t pc)
{
    int number = xp_signal_wait(bits_of(set), deadline, pc);
    if (number == 0) {
        errno = EAGAIN;
        return -1;
    }
    if (info != NULL) {
        *info = (siginfo_t){.si_signo = number, .si_code = SI_USER};
    }
    return number;
}

int xpi_sigwaitinfo(const sigset_t *set, siginfo_t *info)
{
    return wait_with_info(set, info, NO_DEADLINE, XP_PC);
}

int xpi_sigtimedwait(const sigset_t *set, siginfo_t *info,
                     const struct timespec *time)
{
    uint64_t duration =
        (uint64_t)time->tv_sec * SECOND + (uint64_t)time->tv_nsec;
    return wait_with_info(set, info, XP->now + duration, XP_PC);
}

int xpi_pause(void)
{
    xp_signal_pause(XP_PC);
    errno = EINTR;
    return -1;
}

int xpi_sigsuspend(const sigset_t *set)
{
    uint64_t before = XP_SELF->signals_blocked;
    xp_signal_suspend(bits_of(set), XP_PC);
    xp_signals_block(before, XP_PC);
    errno = EINTR;
    return -1;
}

// Sets the alarm anew; returns the nanoseconds that were left of the old one.
static uint64_t set_alarm(uint64_t first, uint64_t then)
{
    struct xp_signals *signals = &XP->signals;
    uint64_t left = signals->alarm > XP->now ? signals->alarm - XP->now : 0;
    signals->were_used = true;
    signals->alarm = first > 0 ? XP->now + first : 0;
    signals->alarm_repeats = then;
    return left;
}

unsigned xpi_alarm(unsigned seconds)
{
    return (unsigned)((set_alarm(seconds * SECOND, 0) + SECOND - 1) / SECOND);
}

static uint64_t nanoseconds(const struct timeval *time)
{
    return (uint64_t)time->tv_sec * SECOND +
           (uint64_t)time->tv_usec * MICROSECOND;
}

int xpi_setitimer(int which, const struct itimerval *timer,
                  struct itimerval *old)
{
    if (which != ITIMER_REAL) {
        xp_misuse(0, XP_PC,
                  "setitimer is used with a clock of processor time, which the "
                  "explorer does not have");
    }
    uint64_t repeated = XP->signals.alarm_repeats;
    uint64_t left = set_alarm(nanoseconds(&timer->it_value),
                              nanoseconds(&timer->it_interval));
    if (old != NULL) {
        old->it_value.tv_sec = (time_t)(left / SECOND);
        old->it_value.tv_usec = (suseconds_t)(left % SECOND / MICROSECOND);
        old->it_interval.tv_sec = (time_t)(repeated / SECOND);
        old->it_interval.tv_usec =
            (suseconds_t)(repeated % SECOND / MICROSECOND);
    }
    return 0;
}

int xpi_sigaltstack(const stack_t *stack, stack_t *old)
{
    (void)stack;
    if (old != NULL) {
        *old = (stack_t){.ss_flags = SS_DISABLE};
    }
    return 0;  // handlers run on the stack of the thread
}

#define REFUSED(name)                                            \
    int xpi_##name(void) __attribute__((noreturn));              \
    int xpi_##name(void)                                         \
    {                                                            \
        xp_misuse(0, XP_PC,                                      \
                  #name " is used, which the explorer does not " \
                        "know");                                 \
    }

REFUSED(sigqueue)
REFUSED(pthread_sigqueue)
REFUSED(signalfd)
REFUSED(timer_create)
