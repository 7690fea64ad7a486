// What carries calls to a worker process and results back: the seam between
// what a process pool does (attendant.c, servant.c) and what it does it with.
//
//     attendant          a thread of the pool, in the program's process
//        |  child        the attendant's end
//        |
//        |  desk         the worker's end
//     servant            what the worker process runs
//
// Nothing that comes from a desk is trusted: not that it is there, not that it
// is whole.

#ifndef CFI_TRANSPORT_H
#define CFI_TRANSPORT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "wire.h"

#pragma GCC visibility push(hidden)

// ----- the attendant's end -----

struct cfi_child;

// How a worker ended.
enum cfi_end {
    CFI_EXITED,    // number: its exit status
    CFI_KILLED,    // number: the signal
    CFI_VANISHED,  // nobody could say: the zygote died, too
};

struct cfi_death {
    enum cfi_end end;
    int number;
    long pid;
};

enum cfi_receipt {
    CFI_DELIVERED,
    CFI_TOO_LATE,   // the deadline has passed
    CFI_IS_DEAD,    // and what it sent before was received before
    CFI_IS_BROKEN,  // it sent what no worker sends
    CFI_NO_MEMORY,  // for what it sent
};

struct cfi_transport {
    // Starts a worker. Returns 0, or an error number. Several attendants may do
    // so at once.
    int (*spawn)(void *host, struct cfi_child **child);

    // Send a message, and receive the next one into `bytes`. Afterwards, unless
    // it was delivered, the child is good for nothing but its grave.
    enum cfi_receipt (*send)(struct cfi_child *child,
                             const struct cfi_bytes *bytes, int64_t deadline);
    enum cfi_receipt (*receive)(struct cfi_child *child,
                                struct cfi_bytes *bytes, int64_t deadline);

    // The ticket of the last call that the worker has started.
    uint32_t (*started)(const struct cfi_child *child);

    // Sets what cf_stopping says in the worker. From any thread that knows the
    // child to be there.
    void (*ask_to_stop)(struct cfi_child *child, bool is_to_stop);

    // Sends a signal, unless the worker has ended. From any thread, likewise.
    void (*kill)(struct cfi_child *child, int signal);

    // Waits until the worker has ended, and frees the child.
    struct cfi_death (*bury)(struct cfi_child *child);

    // Kills all workers, and from now on no other one is started.
    void (*kill_all)(void *host, int signal);

    // In a forked child: gives back what would keep the other processes from
    // seeing that the program's own has ended.
    void (*forget)(void *host);

    // All children are buried.
    void (*destroy)(void *host);
};

// ----- the worker's end -----

// Where a worker is with a call; and may be when it dies.
enum cfi_point {
    CFI_POINT_RECEIVED,  // has not looked at the order
    CFI_POINT_STARTED,
    CFI_POINT_RAN,      // the task is over
    CFI_POINT_ENCODED,  // the result is about to be sent
    CFI_POINT_SENDING,  // in the middle of a large result
    CFI_POINT_SENT,
};

struct cfi_desk {
    // False: the other side is gone, and so should the worker be.
    bool (*receive)(struct cfi_desk *desk, struct cfi_bytes *bytes);
    bool (*send)(struct cfi_desk *desk, const struct cfi_bytes *bytes);

    // From here on the call counts as started.
    void (*note_start)(struct cfi_desk *desk, uint32_t ticket);

    // Tells where the worker is: for tests, and for simulated deaths.
    void (*reached)(struct cfi_desk *desk, enum cfi_point point);

    const atomic_bool *is_to_stop;
};

// Serves calls until it is told to leave (servant.c).
void cfi_servant_run(struct cfi_desk *desk);

#pragma GCC visibility pop

#endif
