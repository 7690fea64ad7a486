// aarch64: the thread pointer is tpidr_el0, which every program may set, and
// libc's descriptor of the thread lies below what it points to. The guards of
// the stack are no part of it.

#include "machine.h"

#if defined(__aarch64__)

#include <stddef.h>
#include <string.h>
#include <ucontext.h>

enum {
    SAVED = 20,   // registers that a call keeps: x19 to x30, d8 to d15
    RETURN = 11,  // x30 among them: where to go on
    ROOM = 64     // above the first frame; keeps the alignment
};

const char *xp_machine_lacks(void)
{
    return NULL;
}

char *xp_machine_tls(void)
{
    return __builtin_thread_pointer();
}

void xp_machine_set_tls(char *tls)
{
    __asm__ volatile("msr tpidr_el0, %0" : : "r"(tls));
}

char *xp_machine_descriptor(char *tls, uint32_t size)
{
    return tls - size;
}

void xp_machine_inherit(char *tls, const char *from)
{
    (void)tls, (void)from;
}

void *xp_machine_context(char *top, void (*begin)(void))
{
    uintptr_t *stack = (uintptr_t *)(top - ROOM) - SAVED;
    memset(stack, 0, SAVED * sizeof *stack);
    stack[RETURN] = (uintptr_t)begin;
    return stack;
}

__asm__(".text\n"
        ".globl xp_machine_switch\n"
        ".type xp_machine_switch,%function\n"
        "xp_machine_switch:\n"
        "  sub sp, sp, #160\n"
        "  stp x19, x20, [sp]\n"
        "  stp x21, x22, [sp, #16]\n"
        "  stp x23, x24, [sp, #32]\n"
        "  stp x25, x26, [sp, #48]\n"
        "  stp x27, x28, [sp, #64]\n"
        "  stp x29, x30, [sp, #80]\n"
        "  stp d8, d9, [sp, #96]\n"
        "  stp d10, d11, [sp, #112]\n"
        "  stp d12, d13, [sp, #128]\n"
        "  stp d14, d15, [sp, #144]\n"
        "  mov x9, sp\n"
        "  str x9, [x0]\n"
        "  mov sp, x1\n"
        "  msr tpidr_el0, x2\n"
        "  ldp x19, x20, [sp]\n"
        "  ldp x21, x22, [sp, #16]\n"
        "  ldp x23, x24, [sp, #32]\n"
        "  ldp x25, x26, [sp, #48]\n"
        "  ldp x27, x28, [sp, #64]\n"
        "  ldp x29, x30, [sp, #80]\n"
        "  ldp d8, d9, [sp, #96]\n"
        "  ldp d10, d11, [sp, #112]\n"
        "  ldp d12, d13, [sp, #128]\n"
        "  ldp d14, d15, [sp, #144]\n"
        "  add sp, sp, #160\n"
        "  ret\n"
        ".size xp_machine_switch,.-xp_machine_switch\n");

uintptr_t xp_machine_place(const void *signal_context)
{
    const ucontext_t *context = signal_context;
    return (uintptr_t)context->uc_mcontext.pc;
}

#endif
