// Threads of the program as fibers: each has a stack and thread-local storage
// of its own, and switching is a few dozen nanoseconds. Used for searching.
//
// machine_*.c knows the processor, tls.c the C library. Both say what they
// lack; a trial shows whether all of it works together. Where it does not,
// context_pthread.c does the same with real threads.

#include "context.h"
#include "internal.h"
#include "machine.h"
#include "tls.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

// ---------------------------------------------------------------------------
// The life of a fiber
// ---------------------------------------------------------------------------

// A stack is used again in the next schedule; the storage is made anew.
static bool set_up(int number, void (*begin)(void))
{
    struct xp_thread *thread = &XP->thread[number];
    char *top = (char *)XP_STACKS_AT + (size_t)(number + 1) * XP_STACK_SIZE;
    if (!xp_map_stack(number)) {
        return false;
    }
    thread->tls = xp_tls_fresh(thread->tls, XP->controller_tls);
    if (thread->tls == NULL) {
        return false;
    }
    thread->stack_pointer = xp_machine_context(top, begin);
    return true;
}

static void begin(void)
{
    xp_tls_begin();
    xp_thread_begin(XP->current);
}

bool xp_fiber_create(int number)
{
    return set_up(number, begin);
}

void xp_fiber_switch_threads(int from, int to)
{
    xp_machine_switch(&XP->thread[from].stack_pointer,
                      XP->thread[to].stack_pointer, XP->thread[to].tls);
}

void xp_fiber_run(void)
{
    xp_machine_switch(&XP->controller_stack, XP->thread[0].stack_pointer,
                      XP->thread[0].tls);
}

void xp_fiber_leave(void)
{
    void *abandoned;
    xp_machine_switch(&abandoned, XP->controller_stack, XP->controller_tls);
    __builtin_unreachable();
}

void xp_fiber_prepare(void)
{
    XP->controller_tls = xp_machine_tls();
}

// ---------------------------------------------------------------------------
// The trial, in a child: a crash there is an answer, too
// ---------------------------------------------------------------------------

enum { UNTOUCHED = 1, OF_CONTROLLER = 2, OF_FIBER = 3, PATIENCE_SECONDS = 10 };

static _Thread_local int tried = UNTOUCHED;

// Storage is the fiber's own and fresh, and libc works with it.
static void try_storage(void)
{
    xp_tls_begin();
    char text[8] = "";
    snprintf(text, sizeof text, "%.1f", 0.5);
    bool ok = tried == UNTOUCHED && strcmp(text, "0.5") == 0;
    tried = ok ? OF_FIBER : tried;
    XP->thread[0].state = ok ? XP_ENDED : XP_READY;
    xp_fiber_leave();
}

static bool passes_trial(void)
{
    xp_fiber_prepare();
    tried = OF_CONTROLLER;
    if (!set_up(0, try_storage)) {
        return false;
    }
    xp_fiber_run();
    return XP->thread[0].state == XP_ENDED && tried == OF_CONTROLLER;
}

const char *xp_why_no_fibers(void)
{
    const char *lacks = xp_machine_lacks();
    if (lacks == NULL) {
        lacks = xp_tls_lacks();
    }
    if (lacks != NULL) {
        return lacks;
    }
    pid_t child = fork();
    if (child == 0) {
        alarm(PATIENCE_SECONDS);
        _exit(passes_trial() ? 0 : 1);
    }
    return child > 0 && xp_await(child) == 0 ? NULL
                                             : "a trial of fibers failed";
}
