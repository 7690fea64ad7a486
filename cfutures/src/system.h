// What the library asks the system for and may not get: memory and threads.
// It asks through one table, so that a test can make the n-th request fail.

#ifndef CFI_SYSTEM_H
#define CFI_SYSTEM_H

#include <pthread.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

struct cfi_system {
    void *(*allocate)(size_t size);  // NULL: no memory
    void (*release)(void *memory);   // NULL is allowed
    int (*create_thread)(pthread_t *thread, void *(*start)(void *), void *arg);
};

// The C library's own, unless a test has put in others. Set while no other
// thread uses the library, then read only.
extern struct cfi_system cfi_system;

#pragma GCC visibility pop

#endif
