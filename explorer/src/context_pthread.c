// Threads of the program as real threads that pass a baton: only the one who
// has it runs. Works everywhere, but far slower than fibers; used under a
// debugger, and where fibers do not work. Real threads can't be taken back to
// the start, so the process ends with the schedule.

#include "context.h"
#include "internal.h"

#include <linux/futex.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static void wait_for_baton(uint32_t *baton)
{
    while (__atomic_load_n(baton, __ATOMIC_ACQUIRE) == 0) {
        syscall(SYS_futex, baton, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
    }
    __atomic_store_n(baton, 0, __ATOMIC_RELAXED);
}

static void pass_baton(uint32_t *baton)
{
    __atomic_store_n(baton, 1, __ATOMIC_RELEASE);
    syscall(SYS_futex, baton, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static void *begin(void *arg)
{
    struct xp_thread *thread = arg;
    xp_use_signal_stack();
    wait_for_baton(&thread->baton);
    xp_thread_begin((int)(thread - XP->thread));
    return NULL;
}

// On a stack where the shadow of memory expects it.
bool xp_real_create(int number)
{
    struct xp_thread *thread = &XP->thread[number];
    char *stack = (char *)XP_STACKS_AT + (size_t)(number + 1) * XP_STACK_SIZE -
                  XP_STACK_USABLE;
    if (!xp_map_stack(number)) {
        return false;
    }
    thread->baton = 0;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstack(&attributes, stack, XP_STACK_USABLE);
    int rc = pthread_create(&thread->real, &attributes, begin, thread);
    pthread_attr_destroy(&attributes);
    return rc == 0;
}

void xp_real_switch_threads(int from, int to)
{
    bool comes_back = XP->thread[from].state != XP_ENDED;
    pass_baton(&XP->thread[to].baton);
    if (comes_back) {
        wait_for_baton(&XP->thread[from].baton);
        return;
    }
    for (;;) {
        pause();
    }
}

void xp_real_run(void)
{
    pass_baton(&XP->thread[0].baton);
    for (;;) {
        pause();  // the thread that ends the schedule ends the process
    }
}

void xp_real_leave(void)
{
    fflush(NULL);
    _exit(0);
}
