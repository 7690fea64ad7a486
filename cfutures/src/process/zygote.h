// The zygote: a process that is forked when the pool is created, and from which
// all workers are forked. It has the program's memory as of then, one thread,
// and no other task than to start workers, to wait for them, and to tell how
// they ended.
//
//     the program  --- commands, over a socket --->  the zygote
//     the program  <-- the board, in shared memory -- the zygote
//
// Each of the two sees at the socket that the other is gone.

#ifndef CFI_ZYGOTE_H
#define CFI_ZYGOTE_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#pragma GCC visibility push(hidden)

// ----- the board: who has ended -----

// What is known of the worker in a slot. Workers cannot reach it. An eventfd
// tells the program of the change.
struct cfi_entry {
    _Atomic int32_t status;      // what waitpid says
    _Atomic uint32_t has_ended;  // 1. Release: publishes the status
};

// ----- commands -----

enum cfi_command_kind {
    CFI_SPAWN,     // with three descriptors: memory, wake_worker, wake_parent
    CFI_KILL,      // the worker in the slot
    CFI_KILL_ALL,  // and start no other one
};

struct cfi_command {
    enum cfi_command_kind kind;
    uint32_t slot;
    int signal;
};

enum { CFI_SPAWN_DESCRIPTORS = 3 };

// Answers CFI_SPAWN.
struct cfi_spawned {
    int error_number;  // 0: it runs
    int32_t pid;
};

// ----- the process -----

// What the zygote knows of a slot.
struct cfi_zygote_child {
    pid_t pid;  // 0: nobody is there
    int wake_parent;
};

struct cfi_zygote {
    int socket;  // the zygote's end
    struct cfi_entry *board;
    struct cfi_zygote_child *children;  // memory of its own, all zero
    size_t slots;
    int inner_threads;  // 0: as many as they like
    pid_t parent;
};

// The life of the process that has just been forked.
_Noreturn void cfi_zygote_main(const struct cfi_zygote *zygote);

// Handlers that the program has set up, and the signals of a terminal, are not
// for the pool's processes (signals.c).
void cfi_forget_signals(void);

// Tells libraries that make threads of their own how many. 0: nothing.
// (inner_threads.c)
void cfi_limit_inner_threads(int threads);

// The life of a worker (worker.c). The descriptors are those of CFI_SPAWN.
_Noreturn void cfi_worker_process_main(const int descriptors[3]);

#pragma GCC visibility pop

#endif
