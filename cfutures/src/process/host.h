// The program's side of the transport by processes: a pool's zygote (host.c),
// and its workers as children of that (child.c).

#ifndef CFI_HOST_H
#define CFI_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "../lock.h"
#include "transport.h"
#include "zygote.h"

#pragma GCC visibility push(hidden)

extern const struct cfi_transport cfi_process_transport;

struct cfi_host {
    // Set at creation, then read only.
    int socket;  // to the zygote; -1 in a forked child
    pid_t zygote;
    struct cfi_entry *board;
    size_t slots;

    struct cfi_lock lock;  // also held from a command to its answer
    // lock guards:
    struct cfi_held *held;  // for each slot
};

// What the program holds of a worker. In one place, so that a forked child,
// which can neither ask nor wait, finds it all.
struct cfi_held {
    bool is_taken;
    struct cfi_channel *channel;  // or NULL
    int memory;                   // that the channel is in; or -1
    int wake_worker;              // likewise
    int wake_parent;              // likewise
};

struct cfi_host_options {
    size_t slots;       // workers at the same time, at most
    int inner_threads;  // 0: as many as they like
};

// Forks the zygote. Returns 0, or an error number and in *what the call that
// failed.
int cfi_host_create(const struct cfi_host_options *options, void **host,
                    const char **what);

// The last three of a struct cfi_transport.
void cfi_host_kill_all(void *host, int signal);
void cfi_host_forget(void *host);
void cfi_host_destroy(void *host);

// A slot for one more worker, and what it takes to speak with it. Returns 0, or
// an error number.
int cfi_host_equip(struct cfi_host *host, uint32_t *slot);
void cfi_host_unequip(struct cfi_host *host, uint32_t slot);

// Has a worker started in the slot. Returns 0 and its pid, or an error number.
int cfi_host_spawn(struct cfi_host *host, uint32_t slot, long *pid);

// Sends a signal to the worker in the slot, unless it has ended.
void cfi_host_kill(struct cfi_host *host, uint32_t slot, int signal);

#pragma GCC visibility pop

#endif
