// Messages through a ring in shared memory. See channel.h.

#include "channel.h"

#include <string.h>

#include "../port.h"

struct cfi_channel_end cfi_channel_parent_end(struct cfi_channel *channel)
{
    return (struct cfi_channel_end){.in = &channel->to_parent,
                                    .out = &channel->to_worker};
}

struct cfi_channel_end cfi_channel_worker_end(struct cfi_channel *channel)
{
    return (struct cfi_channel_end){.in = &channel->to_worker,
                                    .out = &channel->to_parent};
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

// ----- pieces -----

// Writes as much as there is room for. False: the other end's position makes no
// sense.
static bool put_some(struct cfi_channel_end *end, const unsigned char *data,
                     size_t size, size_t *put)
{
    struct cfi_ring *ring = end->out;
    // Acquire: pairs with the release in take_some, so that nothing is written
    // over bytes that are still being read.
    const uint32_t in_use =
        end->written - atomic_load_explicit(&ring->taken, memory_order_acquire);
    if (in_use > CFI_RING_SIZE) {
        return false;
    }
    const size_t start = end->written % CFI_RING_SIZE;
    const size_t count = least(size, CFI_RING_SIZE - in_use);
    const size_t first = least(count, CFI_RING_SIZE - start);
    memcpy(ring->bytes + start, data, first);
    memcpy(ring->bytes, data + first, count - first);
    end->written += (uint32_t)count;
    // Release: publishes the bytes; pairs with the acquire in take_some.
    atomic_store_explicit(&ring->written, end->written, memory_order_release);
    *put = count;
    return true;
}

// Takes as much as there is, and no more than `size`.
static bool take_some(struct cfi_channel_end *end, unsigned char *data,
                      size_t size, size_t *taken)
{
    struct cfi_ring *ring = end->in;
    const uint32_t in_use =
        atomic_load_explicit(&ring->written, memory_order_acquire) - end->taken;
    if (in_use > CFI_RING_SIZE) {
        return false;
    }
    const size_t start = end->taken % CFI_RING_SIZE;
    const size_t count = least(size, in_use);
    const size_t first = least(count, CFI_RING_SIZE - start);
    memcpy(data, ring->bytes + start, first);
    memcpy(data + first, ring->bytes, count - first);
    end->taken += (uint32_t)count;
    // Release: the bytes have been read; pairs with the acquire in put_some.
    atomic_store_explicit(&ring->taken, end->taken, memory_order_release);
    *taken = count;
    return true;
}

// ----- all of it -----

static enum cfi_receipt put_all(struct cfi_channel_end *end, const void *data,
                                size_t size, int64_t deadline)
{
    const unsigned char *next = data;
    enum cfi_receipt news = CFI_DELIVERED;
    while (size > 0) {
        size_t put;
        if (!put_some(end, next, size, &put)) {
            return CFI_IS_BROKEN;
        }
        next += put;
        size -= put;
        if (put > 0 || size == 0) {
            continue;
        }
        if (news != CFI_DELIVERED) {
            return news;
        }
        end->wake(end);  // to make room
        news = end->sleep(end, deadline);
    }
    return CFI_DELIVERED;
}

// Somebody who has died may have sent something before; so after that news the
// ring is looked at once more.
static enum cfi_receipt take_all(struct cfi_channel_end *end, void *data,
                                 size_t size, int64_t deadline)
{
    unsigned char *next = data;
    enum cfi_receipt news = CFI_DELIVERED;
    while (size > 0) {
        size_t taken;
        if (!take_some(end, next, size, &taken)) {
            return CFI_IS_BROKEN;
        }
        next += taken;
        size -= taken;
        if (size == 0) {
            break;
        }
        if (taken > 0) {
            end->wake(end);  // there is room now
        } else if (news != CFI_DELIVERED) {
            return news;
        } else {
            news = end->sleep(end, deadline);
        }
    }
    return CFI_DELIVERED;
}

// A message is its head and its bytes.
struct head {
    uint64_t size;
    uint64_t check;  // made of the size: garbage has another one
};

static uint64_t check_of(uint64_t size)
{
    return ~size * UINT64_C(0x9E3779B97F4A7C15);
}

enum cfi_receipt cfi_channel_send(struct cfi_channel_end *end,
                                  const struct cfi_bytes *bytes,
                                  int64_t deadline)
{
    const struct head head = {bytes->size, check_of(bytes->size)};
    enum cfi_receipt receipt = put_all(end, &head, sizeof head, deadline);
    if (receipt == CFI_DELIVERED) {
        receipt = put_all(end, bytes->data, bytes->size, deadline);
    }
    end->wake(end);
    return receipt;
}

// Memory is asked for as the bytes come, because the size may be a lie.
enum { MOST_AT_ONCE = 1 << 20 };

enum cfi_receipt cfi_channel_receive(struct cfi_channel_end *end,
                                     struct cfi_bytes *bytes, int64_t deadline)
{
    struct head head;
    cfi_bytes_clear(bytes);
    enum cfi_receipt receipt = take_all(end, &head, sizeof head, deadline);
    if (receipt == CFI_DELIVERED && head.check != check_of(head.size)) {
        return CFI_IS_BROKEN;
    }
    while (receipt == CFI_DELIVERED && head.size > 0) {
        const size_t piece =
            head.size < MOST_AT_ONCE ? (size_t)head.size : MOST_AT_ONCE;
        void *room = cfi_bytes_grow(bytes, piece);
        if (room == NULL) {
            return CFI_NO_MEMORY;
        }
        receipt = take_all(end, room, piece, deadline);
        head.size -= piece;
        if (head.size > 0) {
            end->wake(end);  // it may wait for the room of this piece's end
        }
    }
    return receipt;
}
