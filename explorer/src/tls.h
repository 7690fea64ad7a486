// Thread-local storage for fibers, from glibc's own allocator of it.

#ifndef XP_TLS_H
#define XP_TLS_H

#include <stdbool.h>

// Why this libc can't give any; NULL: it can.
const char *xp_tls_lacks(void);
// A block with the variables' initial values, as a new thread has it. `old` is
// given back; NULL: there is none. NULL when memory is short.
char *xp_tls_fresh(char *old, char *controller);
// What libc calls for each new thread, on it.
void xp_tls_begin(void);

#endif
