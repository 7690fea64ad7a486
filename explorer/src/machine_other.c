// Any other processor: no fibers, so real threads are used.

#include "machine.h"

#if !defined(__x86_64__) && !defined(__aarch64__)

#include <stddef.h>

const char *xp_machine_lacks(void)
{
    return "fibers are made for x86-64 and aarch64 only";
}

char *xp_machine_tls(void)
{
    return NULL;
}

void xp_machine_set_tls(char *tls)
{
    (void)tls;
}

char *xp_machine_descriptor(char *tls, uint32_t size)
{
    (void)size;
    return tls;
}

void xp_machine_inherit(char *tls, const char *from)
{
    (void)tls, (void)from;
}

void *xp_machine_context(char *top, void (*begin)(void))
{
    (void)top, (void)begin;
    return NULL;
}

void xp_machine_switch(void **kept, void *context, void *tls)
{
    (void)kept, (void)context, (void)tls;
    __builtin_trap();
}

uintptr_t xp_machine_place(const void *signal_context)
{
    (void)signal_context;
    return 0;
}

#endif
