// Signals that end a schedule: a crash, a timer that sees a thread compute
// without a step, and the parent's word that this process stands still. The
// worker can't go on after that: it is in the middle of anything.

#include "internal.h"
#include "machine.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

static const char *signal_words(int number)
{
    switch (number) {
    case SIGSEGV:
        return "crashes: it touches memory that does not exist (SIGSEGV)";
    case SIGBUS:
        return "crashes: it touches memory that is not there (SIGBUS)";
    case SIGFPE:
        return "crashes: an integer division by zero, or the like (SIGFPE)";
    case SIGILL:
        return "crashes: it runs something that is no instruction (SIGILL)";
    default:
        return "stops itself (SIGABRT)";
    }
}

static bool is_beyond_stack(uintptr_t address)
{
    uintptr_t offset = address - XP_STACKS_AT;
    return offset < XP_MAX_THREADS * XP_STACK_SIZE &&
           offset % XP_STACK_SIZE < XP_STACK_SIZE - XP_STACK_USABLE;
}

// Where the program was when the signal came, as a return address would say it;
// and in case that is in libc or in here, where it was known to be last.
static void note_place(enum xp_what what, uintptr_t address,
                       const void *context)
{
    uintptr_t pc = xp_machine_place(context);
    bool is_ours = pc != 0 && pc < XP_DATA_LIMIT;
    struct xp_note *note = xp_note("access", XP->current, what, address,
                                   is_ours ? pc + 1 : XP_SELF->last_pc);
    memmove(&note->calls[1], &note->calls[0],
            sizeof note->calls - sizeof note->calls[0]);
    note->calls[0] = (uint32_t)XP_SELF->last_pc;
}

static void on_crash(int number, siginfo_t *info, void *context)
{
    if (!XP->is_active) {
        _exit(3);  // our own fault; the parent says so
    }
    XP->in_signal = true;
    if (is_beyond_stack((uintptr_t)info->si_addr)) {
        xp_find(XP_CRASH, "a thread uses up its stack (%llu KiB here)",
                XP_STACK_USABLE >> 10);
    } else {
        xp_find(XP_CRASH, "the program %s", signal_words(number));
    }
    note_place(XP_MEMORY, (uintptr_t)info->si_addr, context);
    xp_end();
}

// With real threads, what is sent to the process may come to any of them, but
// is meant for the one that runs. Sends it on; false if this is the one.
static bool is_for_another(int number)
{
    if (!XPS->options.use_pthreads ||
        pthread_equal(pthread_self(), XP_SELF->real)) {
        return false;
    }
    pthread_kill(XP_SELF->real, number);
    return true;
}

enum { TICKS_OF_PATIENCE = 10, TICK_MICROSECONDS = 100000 };

// Counts processor time, so a busy machine does not matter.
static void on_tick(int number, siginfo_t *info, void *context)
{
    (void)info;
    if (XP->is_active && is_for_another(number)) {
        return;
    }
    uint64_t progress = XP->steps + XP->accesses;
    if (!XP->is_active || progress != XP->steps_at_last_tick) {
        XP->steps_at_last_tick = progress;
        XP->ticks_without_step = 0;
        return;
    }
    if (++XP->ticks_without_step >= TICKS_OF_PATIENCE) {
        XP->in_signal = true;
        xp_find(
            XP_NO_PROGRESS,
            "a thread computes on and on without touching anything others see");
        note_place(XP_SPIN, 0, context);
        xp_end();
    }
}

// The parent saw that we stand still (await.c).
static void on_stand_still(int number, siginfo_t *info, void *context)
{
    (void)info;
    if (!XP->is_active) {
        _exit(3);
    }
    if (is_for_another(number)) {
        return;
    }
    XP->in_signal = true;
    xp_find(XP_LIMIT,
            "the program waits for something outside of it (a signal, "
            "a child, a terminal, ...), which is not explored");
    note_place(XP_IO, 0, context);
    xp_end();
}

enum { SIGNAL_STACK = 64 << 10 };

void xp_use_signal_stack(void)
{
    stack_t stack = {.ss_size = SIGNAL_STACK};
    stack.ss_sp = mmap(NULL, SIGNAL_STACK, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (stack.ss_sp != MAP_FAILED) {
        sigaltstack(&stack, NULL);
    }
}

void xp_catch_signals(void)
{
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    xp_use_signal_stack();
    struct sigaction action = {.sa_sigaction = on_crash,
                               .sa_flags =
                                   SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; i++) {
        sigaction(crashes[i], &action, NULL);
    }
    struct sigaction tick = {.sa_sigaction = on_tick,
                             .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
    sigaction(SIGPROF, &tick, NULL);
    struct sigaction still = {.sa_sigaction = on_stand_still,
                              .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigaction(XP_STANDS_STILL, &still, NULL);
    signal(SIGPIPE, SIG_IGN);  // the program gets its own (entry_io.c)
    struct itimerval every = {{0, TICK_MICROSECONDS}, {0, TICK_MICROSECONDS}};
    setitimer(ITIMER_PROF, &every, NULL);
}
