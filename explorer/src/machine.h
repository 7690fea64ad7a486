// What differs from one processor to another: registers, and where the C
// library finds thread-local storage. Each machine_*.c is for one of them,
// and is empty on the others.

#ifndef XP_MACHINE_H
#define XP_MACHINE_H

#include <stdint.h>

// Why fibers are not possible on this processor and this kernel; NULL: they
// are. The calls below, but for the last, are only made if they are.
const char *xp_machine_lacks(void);

// What the thread pointer of the running context points to.
char *xp_machine_tls(void);
void xp_machine_set_tls(char *tls);
// libc's descriptor, of that size, of the thread that has this storage.
char *xp_machine_descriptor(char *tls, uint32_t size);
// Copies what uninstrumented code expects beside the variables: stack guards.
void xp_machine_inherit(char *tls, const char *from);

// A context that will begin with `begin`, on the stack that ends at `top`.
void *xp_machine_context(char *top, void (*begin)(void));
// Keeps the running context in *kept, and goes on with another one.
void xp_machine_switch(void **kept, void *context, void *tls);

// Where a signal came, from the handler's third argument; 0: unknown.
uintptr_t xp_machine_place(const void *signal_context);

#endif
