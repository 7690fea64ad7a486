// The rest of libc that the explorer has to stand in for: the ends of a
// program, processes, random numbers.

#include "internal.h"

#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

// ---------------------------------------------------------------------------
// Ends of a program
// ---------------------------------------------------------------------------

void xpi_exit(int code) __attribute__((noreturn));
void xpi_exit(int code)
{
    if (!XP->is_active) {
        exit(code);
    }
    xp_not_in_handler("calls exit", 0, XP_PC);
    XP_SELF->last_pc = XP_PC;
    xp_program_returned(code);
}

void xpi__exit(int code) __attribute__((noreturn));
void xpi__exit(int code)
{
    if (!XP->is_active) {
        _exit(code);
    }
    XP_SELF->last_pc = XP_PC;
    xp_program_returned(code);
}

void xpi_abort(void) __attribute__((noreturn));
void xpi_abort(void)
{
    xp_find(XP_CRASH, "the program stops itself (abort)");
    xp_note("access", XP->current, XP_EXIT, 0, XP_PC);
    xp_end();
}

void xpi___assert_fail(const char *expression, const char *file, unsigned line,
                       const char *function) __attribute__((noreturn));
void xpi___assert_fail(const char *expression, const char *file, unsigned line,
                       const char *function)
{
    (void)file, (void)line, (void)function;
    xp_find(XP_ASSERTION, "the assertion does not hold: %s", expression);
    xp_note("access", XP->current, XP_EXIT, 0, XP_PC);
    xp_end();
}

// ---------------------------------------------------------------------------
// Processes: only so far that the parent's side can be explored
// ---------------------------------------------------------------------------

static void find_lock_held_across_fork(uintptr_t pc)
{
    for (int i = 0; i < XP->thread_count; i++) {
        const struct xp_thread *t = &XP->thread[i];
        if (i != XP->current && t->held_count > 0 && t->state != XP_ENDED) {
            const struct xp_held *held = &t->held[t->held_count - 1];
            xp_find(
                XP_MISUSE,
                "the program forks while another thread holds a lock: in the "
                "child nobody will ever unlock it");
            xp_note("access", XP->current, XP_FORK, held->object, pc)->owner =
                i;
            xp_note("holds", i, XP_LOCK, held->object, held->pc);
            xp_end();
        }
    }
}

// The child does nothing and ends with status 0; what it would have done is
// outside of what is explored. It is made by the kernel alone: libc's fork
// would tidy up a child in which our threads make no sense to it.
pid_t xpi_fork(void)
{
    uintptr_t pc = XP_PC;
    xp_step(XP_FORK, 0, pc);
    find_lock_held_across_fork(pc);
    xp_event(XP_FORK, 0, pc, 0);
    pid_t child = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    if (child == 0) {
        _exit(0);
    }
    return child;
}

// ---------------------------------------------------------------------------
// Random numbers: the same in every schedule
// ---------------------------------------------------------------------------

static int next_random(uint32_t *state)
{
    *state = *state * 1103515245U + 12345U;
    return (int)(*state >> 1 & 0x3fffffff);
}

int xpi_rand(void)
{
    int value = next_random(&XP->random_state_of_program);
    xp_past_learn((uint64_t)value);
    return value;
}

void xpi_srand(unsigned seed)
{
    XP->random_state_of_program = seed;
}

int xpi_rand_r(unsigned *state)
{
    return next_random(state);
}

long xpi_random(void)
{
    return xpi_rand();
}

void xpi_srandom(unsigned seed)
{
    XP->random_state_of_program = seed;
}

// Two processors everywhere: a pool sized after them is the same on each
// machine.
int xpi_sched_getaffinity(pid_t process, size_t size, cpu_set_t *set)
{
    (void)process;
    CPU_ZERO_S(size, set);
    CPU_SET_S(0, size, set);
    CPU_SET_S(1, size, set);
    return 0;
}

long xpi_syscall(long number, ...)
{
    xp_misuse(0, XP_PC,
              "syscall(%ld, ...) is called directly, which the explorer can't "
              "control",
              number);
}
