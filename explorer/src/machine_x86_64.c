// x86-64: the thread pointer is the base of fs, and fs:0x10 points to itself.

#include "machine.h"

#if defined(__x86_64__)

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/auxv.h>
#include <ucontext.h>

enum {
    SELF = 0x10,
    GUARDS = 0x28,  // of the stack, and of saved pointers
    GUARDS_SIZE = 16,
    SAVED = 6,     // registers that a call keeps, as pushed below
    FSGSBASE = 2,  // bit of AT_HWCAP2
    ROOM = 64      // above the first frame; keeps the alignment
};

const char *xp_machine_lacks(void)
{
    bool may_set_fs = (getauxval(AT_HWCAP2) & FSGSBASE) != 0;
    return may_set_fs ? NULL : "fsgsbase is missing, or Linux is before 5.9";
}

char *xp_machine_tls(void)
{
    char *tls;
    __asm__("rdfsbase %0" : "=r"(tls));
    return tls;
}

void xp_machine_set_tls(char *tls)
{
    __asm__ volatile("wrfsbase %0" : : "r"(tls));
}

char *xp_machine_descriptor(char *tls, uint32_t size)
{
    (void)size;
    return tls;
}

void xp_machine_inherit(char *tls, const char *from)
{
    memcpy(tls, &tls, sizeof(char *));
    memcpy(tls + SELF, &tls, sizeof(char *));
    memcpy(tls + GUARDS, from + GUARDS, GUARDS_SIZE);
}

// As if `begin` had been called: a return address of 0 above its own address,
// and below that the registers.
void *xp_machine_context(char *top, void (*begin)(void))
{
    uintptr_t *stack = (uintptr_t *)(top - ROOM);
    *--stack = 0;
    *--stack = (uintptr_t)begin;
    stack -= SAVED;
    memset(stack, 0, SAVED * sizeof *stack);
    return stack;
}

__asm__(".text\n"
        ".globl xp_machine_switch\n"
        ".type xp_machine_switch,@function\n"
        "xp_machine_switch:\n"
        "  push %rbp\n"
        "  push %rbx\n"
        "  push %r12\n"
        "  push %r13\n"
        "  push %r14\n"
        "  push %r15\n"
        "  mov %rsp,(%rdi)\n"
        "  mov %rsi,%rsp\n"
        "  wrfsbase %rdx\n"
        "  pop %r15\n"
        "  pop %r14\n"
        "  pop %r13\n"
        "  pop %r12\n"
        "  pop %rbx\n"
        "  pop %rbp\n"
        "  ret\n"
        ".size xp_machine_switch,.-xp_machine_switch\n");

uintptr_t xp_machine_place(const void *signal_context)
{
    const ucontext_t *context = signal_context;
    return (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
}

#endif
