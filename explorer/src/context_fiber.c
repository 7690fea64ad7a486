// Threads of the program as fibers: each has a stack and thread-local storage
// of its own, and switching is a few dozen nanoseconds. Used for searching.
//
// Needs x86-64 with user-mode access to the fs register, and glibc's private
// calls that set up thread-local storage. xp_fibers_work() tells; otherwise
// context_pthread.c does the same with real threads.
//
// What glibc keeps in the thread control block and uninstrumented code needs:
// the pointers to itself, the stack guard, the pointer guard, the thread id.

#include "internal.h"

#include "context.h"

#if defined(__x86_64__)

#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>

enum {
    TCB_SELF = 0x10,
    TCB_GUARDS = 0x28,
    TCB_GUARDS_SIZE = 16,
    TCB_TID = 0x2d0,  // glibc 2.34 and later
    FSGSBASE = 2      // bit of AT_HWCAP2
};

void *_dl_allocate_tls(void *block);
void _dl_deallocate_tls(void *block, _Bool also_block);
void __ctype_init(void);

// Saves the callee-saved registers on the stack and its pointer in *save,
// then continues on `to`. A zero `tls` keeps the current one.
void xp_fiber_switch(void **save, void *to, void *tls);
__asm__(
    ".text\n"
    ".globl xp_fiber_switch\n"
    ".type xp_fiber_switch,@function\n"
    "xp_fiber_switch:\n"
    "  push %rbp\n  push %rbx\n  push %r12\n  push %r13\n  push %r14\n  push "
    "%r15\n"
    "  mov %rsp,(%rdi)\n"
    "  mov %rsi,%rsp\n"
    "  test %rdx,%rdx\n"
    "  je 1f\n"
    "  wrfsbase %rdx\n"
    "1:\n"
    "  pop %r15\n  pop %r14\n  pop %r13\n  pop %r12\n  pop %rbx\n  pop %rbp\n"
    "  ret\n"
    ".size xp_fiber_switch,.-xp_fiber_switch\n");

static void *current_tls(void)
{
    void *tls;
    __asm__("rdfsbase %0" : "=r"(tls));
    return tls;
}

static void set_current_tls(void *tls)
{
    __asm__ volatile("wrfsbase %0" : : "r"(tls));
}

bool xp_fibers_work(void)
{
    return (getauxval(AT_HWCAP2) & FSGSBASE) != 0;
}

static void begin(void)
{
    __ctype_init();
    xp_thread_begin(XP->current);
}

// On the controller's thread-local storage: to malloc each fiber would be a new
// thread, for which it sets up a cache of its own, and nobody gives that back.
static void *reallocate_tls(void *old)
{
    void *mine = current_tls();
    set_current_tls(XP->controller_tls);
    if (old != NULL) {
        _dl_deallocate_tls(old, 1);
    }
    void *tls = _dl_allocate_tls(NULL);
    set_current_tls(mine);
    return tls;
}

static bool fresh_tls(struct xp_thread *thread)
{
    char *tls = reallocate_tls(thread->tls);
    thread->tls = tls;
    if (tls == NULL) {
        return false;
    }
    const char *mine = XP->controller_tls;
    memcpy(tls, &tls, sizeof(void *));
    memcpy(tls + TCB_SELF, &tls, sizeof(void *));
    memcpy(tls + TCB_GUARDS, mine + TCB_GUARDS, TCB_GUARDS_SIZE);
    memcpy(tls + TCB_TID, mine + TCB_TID, sizeof(int));
    return true;
}

bool xp_fiber_create(int number)
{
    struct xp_thread *thread = &XP->thread[number];
    char *top = (char *)XP_STACKS_AT + (size_t)(number + 1) * XP_STACK_SIZE;
    if (thread->tls == NULL &&
        mmap(top - XP_STACK_USABLE, XP_STACK_USABLE, PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1,
             0) == MAP_FAILED) {
        return false;
    }
    if (!fresh_tls(thread)) {
        return false;
    }
    // As if `begin` had been called: aligned, and six registers below.
    uintptr_t *stack = (uintptr_t *)(top - 64);
    *--stack = 0;
    *--stack = (uintptr_t)begin;
    stack -= 6;
    memset(stack, 0, 6 * sizeof *stack);
    thread->stack_pointer = stack;
    return true;
}

void xp_fiber_switch_threads(int from, int to)
{
    xp_fiber_switch(&XP->thread[from].stack_pointer,
                    XP->thread[to].stack_pointer, XP->thread[to].tls);
}

void xp_fiber_run(void)
{
    xp_fiber_switch(&XP->controller_stack, XP->thread[0].stack_pointer,
                    XP->thread[0].tls);
}

void xp_fiber_leave(void)
{
    void *abandoned;
    xp_fiber_switch(&abandoned, XP->controller_stack, XP->controller_tls);
    __builtin_unreachable();
}

void xp_fiber_prepare(void)
{
    XP->controller_tls = current_tls();
}

#else

bool xp_fibers_work(void)
{
    return false;
}
bool xp_fiber_create(int number)
{
    (void)number;
    return false;
}
void xp_fiber_switch_threads(int from, int to)
{
    (void)from;
    (void)to;
}
void xp_fiber_run(void)
{
}
void xp_fiber_leave(void)
{
    __builtin_trap();
}
void xp_fiber_prepare(void)
{
}

#endif
