// One schedule in this process, from the pristine program: its data and its
// heap as they were before main, and nothing else of this process touched.

#include "context.h"
#include "internal.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

extern char __data_start[], _end[];
int xp_program_main(int argc, char **argv,
                    char **environment);  // the program's main

static const uint64_t BEGAN =
    1700000000ULL * 1000000000ULL;  // virtual, since 1970

void xp_map_state(void)
{
    static const struct {
        uintptr_t at;
        size_t size;
    } regions[] = {
        {XP_HEAP_AT, XP_HEAP_SIZE},
        {XP_HEAP_SHADOW_AT, XP_SHADOW_OF(XP_HEAP_SIZE)},
        {XP_STACK_SHADOW_AT, XP_SHADOW_OF(XP_MAX_THREADS * XP_STACK_SIZE)},
        {XP_DATA_SHADOW_AT, XP_SHADOW_OF(XP_DATA_LIMIT)},
        {XP_STATE_AT, sizeof(struct xp_state)},
    };
    static bool is_mapped;  // part of the snapshot, so it stays set
    if (is_mapped) {
        return;
    }
    is_mapped = true;
    int private =
        MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE | MAP_NORESERVE;
    for (size_t i = 0; i < sizeof regions / sizeof regions[0]; i++) {
        if (mmap((void *)regions[i].at, regions[i].size, PROT_READ | PROT_WRITE,
                 private, -1, 0) == MAP_FAILED) {
            _exit(3);
        }
    }
    if (mmap((void *)XP_SHARED_AT, sizeof(struct xp_shared),
             PROT_READ | PROT_WRITE,
             MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE | MAP_NORESERVE,
             -1, 0) == MAP_FAILED) {
        _exit(3);
    }
    XP->run = 1;
    XP->heap_end = XP_HEAP_AT + 16;
}

// ---------------------------------------------------------------------------
// Back to the pristine program
// ---------------------------------------------------------------------------

void xp_take_snapshot(void)
{
    size_t data = (size_t)(_end - __data_start);
    size_t heap = XP->heap_end - XP_HEAP_AT;
    XP->snapshot = mmap(NULL, data + heap, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (XP->snapshot == MAP_FAILED) {
        _exit(3);
    }
    XP->heap_end_at_start = XP->heap_end;
    XP->blocks_at_start = XP->block_count;
    memcpy(XP->snapshot, __data_start, data);
    memcpy(XP->snapshot + data, (void *)XP_HEAP_AT, heap);
}

static void restore(void)
{
    size_t data = (size_t)(_end - __data_start);
    size_t heap = XP->heap_end_at_start - XP_HEAP_AT;
    memcpy(__data_start, XP->snapshot, data);
    memcpy((void *)XP_HEAP_AT, XP->snapshot + data, heap);
    size_t first = heap / 16;
    size_t last = (XP->heap_end - XP_HEAP_AT) / 16 + 1;
    memset(&XP->block_of[first], 0, (last - first) * sizeof XP->block_of[0]);
    XP->heap_end = XP->heap_end_at_start;
    XP->block_count = XP->blocks_at_start;
}

static void begin_state(void)
{
    XP->run++;
    xp_shadow_begin();
    XP->objects_used = 0;
    XP->current = XP->thread_count = XP->live_threads = 0;
    XP->threads_allowed = UINT64_MAX;
    XP->now = XP->began = BEGAN;
    XP->steps = XP->points = XP->accesses = XP->last_change = 0;
    XP->loop_suspected_at = XP_ACCESSES_BEFORE_YIELD;
    XP->last_ran = XP->runs_alone = 0;
    XP->racy_before = XP->racy_now = (struct xp_racy_step){0};
    XP->random_state_of_program = 1;
    xp_signals_begin();
    memset(XP->key_destructor, 0, sizeof XP->key_destructor);
    memset(XP->key_in_use, 0, sizeof XP->key_in_use);
    XP->key_limit = 0;
    XPS->finding.bug = XPS->harm.bug = XP_CLEAN;
    XPS->is_finished = false;
    XPS->event_count = XPS->work_count = XPS->name_count = 0;
}

static void *program(void *unused)
{
    (void)unused;
    int code =
        xp_program_main(XP->main_argc, XP->main_argv, XP->main_environment);
    XP_SELF->call_depth = 0;
    xp_program_returned(code);
}

void xp_run_schedule(void)
{
    restore();
    begin_state();
    XP->mode = XPS->mode;
    xp_strategy_begin(XPS->schedule_in_phase);
    xp_thread_create(program, NULL, false, 0);
    XP->is_active = true;
    xp_context_run();
}

// ---------------------------------------------------------------------------
// Crashes, and loops without a step
// ---------------------------------------------------------------------------

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
    const ucontext_t *machine = context;
#if defined(__x86_64__)
    uintptr_t pc = (uintptr_t)machine->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
    uintptr_t pc = (uintptr_t)machine->uc_mcontext.pc;
#else
    (void)machine;
    uintptr_t pc = XP_DATA_LIMIT;
#endif
    bool is_ours = pc < XP_DATA_LIMIT;
    struct xp_note *note = xp_note("access", XP->current, what, address,
                                   is_ours ? pc + 1 : XP_SELF->last_pc);
    memmove(&note->calls[1], &note->calls[0],
            sizeof note->calls - sizeof note->calls[0]);
    note->calls[0] = (uint32_t)XP_SELF->last_pc;
}

// The worker can't go on after a signal in the middle of anything.
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

enum { TICKS_OF_PATIENCE = 10, TICK_MICROSECONDS = 100000 };

// Counts processor time, so a busy machine does not matter.
static void on_tick(int number, siginfo_t *info, void *context)
{
    (void)number, (void)info;
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
    (void)number, (void)info;
    if (!XP->is_active) {
        _exit(3);
    }
    XP->in_signal = true;
    xp_find(XP_LIMIT,
            "the program waits for something outside of it (a signal, "
            "a child, a terminal, ...), which is not explored");
    note_place(XP_IO, 0, context);
    xp_end();
}

void xp_catch_signals(void)
{
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    size_t size = 64 << 10;
    stack_t stack = {.ss_size = size};
    stack.ss_sp = mmap(NULL, size, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    sigaltstack(&stack, NULL);
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
