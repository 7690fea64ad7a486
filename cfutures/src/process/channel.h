// A channel between two processes: memory that both see, with a ring of bytes
// for each direction. There is no lock in it. Each end writes its own position
// and looks at the other's, and it trusts its own copy only: what the other
// process writes may be anything.

#ifndef CFI_CHANNEL_H
#define CFI_CHANNEL_H

#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "transport.h"
#include "wire.h"

#pragma GCC visibility push(hidden)

enum { CFI_RING_SIZE = 1 << 16 };

struct cfi_ring {
    // Bytes written, and taken, since the beginning; they wrap around.
    alignas(64) _Atomic uint32_t written;
    alignas(64) _Atomic uint32_t taken;
    alignas(64) unsigned char bytes[CFI_RING_SIZE];
};

struct cfi_channel {
    struct cfi_ring to_worker;
    struct cfi_ring to_parent;
    // The worker writes it:
    alignas(64) _Atomic uint32_t started;
    // The parent writes it:
    alignas(64) atomic_bool is_to_stop;
};

// One end of the channel. `in` and `out` are the rings as it sees them.
struct cfi_channel_end {
    struct cfi_ring *in;
    struct cfi_ring *out;
    uint32_t taken;    // of `in`
    uint32_t written;  // of `out`

    // Wakes the other end.
    void (*wake)(struct cfi_channel_end *end);

    // Sleeps until the other end may have done something: CFI_DELIVERED. Or
    // says why there is nothing to wait for.
    enum cfi_receipt (*sleep)(struct cfi_channel_end *end, int64_t deadline);
};

// Before the other end exists. The memory is all zero.
struct cfi_channel_end cfi_channel_parent_end(struct cfi_channel *channel);
struct cfi_channel_end cfi_channel_worker_end(struct cfi_channel *channel);

// A message of any size: it passes through the ring piece by piece, the other
// end taking them out as they come.
enum cfi_receipt cfi_channel_send(struct cfi_channel_end *end,
                                  const struct cfi_bytes *bytes,
                                  int64_t deadline);
enum cfi_receipt cfi_channel_receive(struct cfi_channel_end *end,
                                     struct cfi_bytes *bytes, int64_t deadline);

#pragma GCC visibility pop

#endif
