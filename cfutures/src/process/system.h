// What process pools ask the system for and may not get. Through one table, as
// in ../system.h, so that a test can make the n-th request fail.

#ifndef CFI_PROCESS_SYSTEM_H
#define CFI_PROCESS_SYSTEM_H

#include <stddef.h>
#include <sys/types.h>

#include "transport.h"

#pragma GCC visibility push(hidden)

// Each returns what the call of this name does, and sets errno likewise. All
// descriptors are closed by exec.
struct cfi_process_system {
    int (*create_memory)(size_t size);          // a file without a name; -1
    void *(*map)(int descriptor, size_t size);  // shared; -1: nameless. NULL
    int (*unmap)(void *memory, size_t size);
    int (*create_event)(void);              // -1
    int (*create_sockets)(int sockets[2]);  // -1
    pid_t (*fork_process)(void);            // -1
    void (*before_exit)(void);              // in processes of the pool
    void (*reached)(enum cfi_point point);  // in workers; does nothing
};

// The system's own, unless a test has put in others, before the first pool.
extern struct cfi_process_system cfi_process_system;

// Ends a process of the pool, and runs nothing that the program has registered
// for its own end.
_Noreturn void cfi_leave_process(int status);

#pragma GCC visibility pop

#endif
